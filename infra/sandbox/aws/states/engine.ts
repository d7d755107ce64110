import { randomUUID } from 'node:crypto';
import { DATA_LIMIT_BYTES } from '../../faults/table.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Definition } from './definition.ts';
import { Execution } from './execution.ts';
import { createTaskTokens, type TaskTokens } from './task-tokens.ts';

export interface StateMachineSettings {
  name: string;
  definition: Definition;
  region: string;
  accountId: string;
  functions: Functions;
  /** Milliseconds that every wait and every retry takes, instead of what the definition says. */
  hurryMs?: number | undefined;
  /** This machine's clock unless given. */
  now?: () => Date;
  /** Called whenever an execution has moved. */
  changed: () => void;
}

/** An execution, whatever runs it. */
export type StartedExecution = Pick<Execution, keyof Execution>;

/** One state machine and its executions. */
export interface Engine {
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly definition: Definition;
  readonly createdAt: Date;
  readonly tokens: Pick<TaskTokens, 'find'>;
  /** What a state takes and gives. Bytes. */
  dataLimitBytes: number;
  /** Newest first. */
  executions(): readonly StartedExecution[];
  find(executionArn: string): StartedExecution | undefined;
  executionArn(name: string): string;
  /** @param input JSON text @param name must be new */
  start(input: string, name?: string): StartedExecution;
  /** Stops every execution; nothing keeps the process alive afterwards. */
  close(): Promise<void>;
}

export function createEngine(settings: StateMachineSettings): Engine {
  const { name: machineName, region, accountId, definition, functions, now = () => new Date() } = settings;
  const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${machineName}`;
  const roleArn = `arn:aws:iam::${accountId}:role/${machineName}-state-machine`;
  const executions = new Map<string, Execution>();
  const tokens = createTaskTokens();
  const executionArn = (name: string) =>
    `arn:aws:states:${region}:${accountId}:execution:${machineName}:${name}`;

  function start(input: string, name = randomUUID()): Execution {
    const execution = new Execution({
      ...{ arn: executionArn(name), name, stateMachineArn, roleArn, input, definition },
      hurryMs: settings.hurryMs,
      now,
      tasks: { functions, tokens, region, dataLimitBytes: () => engine.dataLimitBytes },
      changed: settings.changed,
    });
    executions.set(execution.arn, execution);
    return execution;
  }

  async function close() {
    const running = [...executions.values()].filter((execution) => execution.status === 'RUNNING');
    for (const execution of running) execution.stop('Sandbox.Stopped', 'The sandbox was stopped.');
    await Promise.all(running.map((execution) => execution.ended));
  }

  const engine: Engine = {
    ...{ stateMachineArn, roleArn, definition, tokens, createdAt: now(), executionArn, start, close },
    dataLimitBytes: DATA_LIMIT_BYTES,
    executions: () => [...executions.values()].reverse(),
    find: (arn) => executions.get(arn),
  };
  return engine;
}
