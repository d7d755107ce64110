import { FunctionError } from '../lambda/function-error.ts';
import type { Functions } from '../lambda/functions.ts';
import type { History } from './history.ts';
import { startTimer } from './long-timer.ts';
import { checkDataLimit, TaskError, taskTimeout, terminalError } from './task-error.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What a `lambda:invoke` task is given, with the timeout that `forInterpreter` adds. */
export interface TaskParameters {
  FunctionName: string;
  Payload: unknown;
  TimeoutSeconds?: number;
}

export interface TaskEnvironment {
  functions: Functions;
  tokens: TaskTokens;
  history: History;
  region: string;
  /** What the task may be given and give. */
  dataLimitBytes: () => number;
  /** Aborted when the execution is stopped: the task must not keep waiting. */
  stopped: AbortSignal;
}

/**
 * One attempt of a task.
 *
 * @param taskToken set for a task that waits for SendTaskSuccess or SendTaskFailure
 * @returns the task's result, as the state machine gets it
 * @throws TaskError named as Retry and Catch expect
 */
export async function runTask(
  parameters: TaskParameters,
  environment: TaskEnvironment,
  taskToken?: string,
): Promise<unknown> {
  const resource = taskToken === undefined ? 'invoke' : 'invoke.waitForTaskToken';
  const names = { resourceType: 'lambda', resource };
  environment.history.add('TaskScheduled', 'taskScheduled', {
    ...names,
    region: environment.region,
    parameters: JSON.stringify({ FunctionName: parameters.FunctionName, Payload: parameters.Payload }),
    timeoutInSeconds: parameters.TimeoutSeconds,
  });
  try {
    checkDataLimit(
      parameters.Payload,
      `the input of ${parameters.FunctionName}`,
      environment.dataLimitBytes(),
    );
    environment.history.add('TaskStarted', 'taskStarted', names);
    const output = await settleInTime(parameters, environment, taskToken);
    checkDataLimit(output, `the output of ${parameters.FunctionName}`, environment.dataLimitBytes());
    environment.history.add('TaskSucceeded', 'taskSucceeded', { ...names, output: JSON.stringify(output) });
    return output;
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    const [type, details] =
      error.name === 'States.Timeout' ? ['TaskTimedOut', 'taskTimedOut'] : ['TaskFailed', 'taskFailed'];
    environment.history.add(type, details, { ...names, error: error.name, cause: error.message });
    throw error;
  }
}

/** The first of: the result or failure, the timeout, the end of the execution. Afterwards the token is closed. */
async function settleInTime(parameters: TaskParameters, environment: TaskEnvironment, taskToken?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const stopTimer = startTimer(timeoutMs(parameters), () => reject(taskTimeout()));
  const onStop = () => reject(terminalError('Aborted', 'The execution was stopped.'));
  environment.stopped.addEventListener('abort', onStop, { once: true });
  if (environment.stopped.aborted) onStop();
  if (taskToken !== undefined) {
    environment.tokens.open(taskToken, {
      succeed: resolve,
      fail: (error, cause) => reject(new TaskError(error, cause)),
    });
  }
  invoke(parameters, environment, taskToken).then((result) => taskToken ?? resolve(result), reject);
  try {
    return await promise;
  } finally {
    stopTimer();
    environment.stopped.removeEventListener('abort', onStop);
    if (taskToken !== undefined) environment.tokens.close(taskToken);
  }
}

async function invoke(parameters: TaskParameters, environment: TaskEnvironment, taskToken?: string) {
  try {
    const payload = await environment.functions.invoke(parameters.FunctionName, parameters.Payload);
    if (taskToken !== undefined)
      environment.history.add('TaskSubmitted', 'taskSubmitted', submitted(payload));
    return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, errorMessage, trace } = error;
    throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage, trace }));
  }
}

function submitted(payload: unknown): Record<string, unknown> {
  const output = JSON.stringify({ ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 });
  return { resourceType: 'lambda', resource: 'invoke.waitForTaskToken', output };
}

/** A task without a timeout waits a year at most: that is how long an execution may run. */
const YEAR_SECONDS = 31_536_000;

function timeoutMs({ TimeoutSeconds = YEAR_SECONDS }: TaskParameters): number {
  if (!Number.isInteger(TimeoutSeconds) || TimeoutSeconds < 1) {
    throw terminalError(
      'States.Runtime',
      `A timeout must be a whole number of seconds, at least 1, not ${JSON.stringify(TimeoutSeconds)}.`,
    );
  }
  return TimeoutSeconds * 1000;
}
