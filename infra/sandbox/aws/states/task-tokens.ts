import { randomBytes } from 'node:crypto';
import { AwsError } from '../front-door/service.ts';

/** A token of AWS has 668 characters of base64 with `+`, `/` and `=`. */
const TOKEN_BYTES = 500;

interface WaitingTask {
  succeed(output: unknown): Promise<void> | void;
  fail(error: string, cause: string): Promise<void> | void;
}

/** The task tokens that were given out: one for each attempt of a waiting task. */
export interface TaskTokens {
  create(): string;
  /** From now on the token settles this task, once. */
  open(token: string, task: WaitingTask): void;
  /** The task is over; the token is good for nothing more. */
  close(token: string): void;
  /** @throws AwsError InvalidToken, TaskDoesNotExist or TaskTimedOut, as Step Functions answers */
  find(token: string): WaitingTask;
}

export function createTaskTokens(): TaskTokens {
  /** Null once the task is over. */
  const tasks = new Map<string, WaitingTask | null>();
  return {
    create: () => randomBytes(TOKEN_BYTES).toString('base64'),
    open: (token, task) => {
      const once =
        <Args extends unknown[]>(settle: (...args: Args) => Promise<void> | void) =>
        (...args: Args) => {
          tasks.set(token, null);
          return settle(...args);
        };
      tasks.set(token, { succeed: once(task.succeed), fail: once(task.fail) });
    },
    close: (token) => void tasks.set(token, null),
    find(token) {
      const task = tasks.get(token);
      if (task) return task;
      if (task === null) {
        throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
      }
      if (Buffer.from(token, 'base64').length !== TOKEN_BYTES) {
        throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
      }
      throw new AwsError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'");
    },
  };
}
