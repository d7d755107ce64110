import { StateMachine } from 'aws-local-stepfunctions';
import { structuredJson } from '../lambda/functions.ts';
import {
  type Definition,
  forInterpreter,
  isNamedInCatch,
  type State,
  WAIT_FOR_TASK_TOKEN,
} from './definition.ts';
import { createHistory, type History, type HistoryEvent } from './history.ts';
import { runTask, type TaskEnvironment, type TaskParameters } from './task.ts';
import { catchable, checkDataLimit } from './task-error.ts';
import { Visit } from './visit.ts';

type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

interface ExecutionOptions {
  arn: string;
  name: string;
  stateMachineArn: string;
  roleArn: string;
  /** JSON text. */
  input: string;
  definition: Definition;
  /** Milliseconds that every wait and every retry takes, instead of what the definition says. */
  hurryMs?: number | undefined;
  now: () => Date;
  tasks: Omit<TaskEnvironment, 'history' | 'stopped'>;
  /** Called whenever the execution has moved. */
  changed: () => void;
}

/** How an execution ended; `output` is JSON text. */
interface ExecutionEnd {
  output?: string;
  error?: string;
  cause?: string;
}

type Run = ReturnType<StateMachine['run']>;
type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;
type InterpreterDefinition = ConstructorParameters<typeof StateMachine>[0];
type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;

/** One run of the state machine, from its start to its end. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: string;
  readonly startedAt: Date;
  /** Names of the states entered, in order. */
  readonly path: string[] = [];
  /** Settles, without an error, when the execution has ended. */
  readonly ended: Promise<void>;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt: Date | undefined;
  end: ExecutionEnd = {};
  readonly #options: ExecutionOptions;
  readonly #history: History;
  readonly #visit: Visit;
  readonly #stopper = new AbortController();
  readonly #run: Run;

  /** Starts it. */
  constructor(options: ExecutionOptions) {
    this.#options = options;
    this.arn = options.arn;
    this.name = options.name;
    this.stateMachineArn = options.stateMachineArn;
    this.input = options.input;
    this.startedAt = options.now();
    this.#history = createHistory(options.now, options.changed);
    this.#history.add('ExecutionStarted', 'executionStarted', {
      input: options.input,
      roleArn: options.roleArn,
    });
    this.#visit = new Visit(options.tasks.tokens.create, options.now);
    this.#run = this.#start();
    this.ended = this.#follow();
  }

  get history(): readonly HistoryEvent[] {
    return this.#history.events;
  }

  /** StopExecution: whatever it does or waits for is given up. */
  stop(error?: string, cause?: string): void {
    this.#end('ABORTED', { error, cause });
    this.#stopper.abort();
    this.#run.abort();
  }

  #start(): Run {
    const definition = forInterpreter(this.#options.definition, (state) => {
      this.#visit.enter(state);
      this.path.push(state);
    });
    const machine = new StateMachine(definition as unknown as InterpreterDefinition, {
      validationOptions: { noValidate: true },
    });
    return machine.run(JSON.parse(this.input), {
      context: {
        Execution: {
          ...{ Id: this.arn, Name: this.name, RoleArn: this.#options.roleArn },
          StartTime: this.startedAt.toISOString(),
        },
        StateMachine: { Id: this.stateMachineArn, Name: this.stateMachineArn.split(':').at(-1) },
        ...this.#visit.context(),
      },
      overrides: { taskResourceLocalHandlers: this.#taskHandlers(), ...this.#hurry() },
    });
  }

  #hurry() {
    const { definition, hurryMs } = this.#options;
    if (hurryMs === undefined) return {};
    const all = Object.fromEntries(Object.keys(definition.States).map((name) => [name, hurryMs]));
    return { waitTimeOverrides: all, retryIntervalOverrides: all };
  }

  #taskHandlers(): Handlers {
    const handlers: Record<string, unknown> = {};
    for (const [name, state] of Object.entries(this.#options.definition.States)) {
      if (state.Type === 'Task') handlers[name] = (input: unknown) => this.#attempt(input, state);
    }
    return handlers as Handlers;
  }

  async #attempt(input: unknown, state: State): Promise<unknown> {
    const token = WAIT_FOR_TASK_TOKEN.test(state.Resource ?? '') ? this.#visit.token : undefined;
    const environment = {
      ...this.#options.tasks,
      history: this.#history,
      stopped: this.#stopper.signal,
    };
    // Lets the interpreter's events up to here be written first, so that the history is in order.
    await new Promise(setImmediate);
    try {
      return await runTask(structuredJson(input) as TaskParameters, environment, token);
    } catch (error) {
      this.#visit.attemptFailed();
      throw isNamedInCatch(error, state) ? catchable(error) : error;
    }
  }

  /** Writes the interpreter's events into the history until the run has ended. */
  async #follow(): Promise<void> {
    const result = this.#run.result.then(
      (output) => ({ output }),
      (error: unknown) => ({ error }),
    );
    for await (const event of this.#run.eventLogs) {
      if (this.status !== 'RUNNING') continue;
      if (event.type === 'StateEntered') {
        const details = { name: event.state.name, input: JSON.stringify(event.state.input) };
        this.#history.add(`${event.state.type}StateEntered`, 'stateEntered', details);
      } else if (event.type === 'StateExited') {
        const details = { name: event.state.name, output: JSON.stringify(event.state.output) };
        this.#history.add(`${event.state.type}StateExited`, 'stateExited', details);
      }
    }
    this.#conclude(await result);
  }

  #conclude(result: { output: unknown } | { error: unknown }): void {
    try {
      if ('error' in result) throw result.error;
      checkDataLimit(result.output, 'the output of the execution', this.#options.tasks.dataLimitBytes());
      this.#end('SUCCEEDED', { output: JSON.stringify(result.output) });
    } catch (failure) {
      const reason = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure;
      const isError = reason instanceof Error;
      const error = isError ? reason.name : 'States.Runtime';
      this.#end('FAILED', { error, cause: isError ? reason.message : String(reason) });
    }
  }

  #end(status: Exclude<ExecutionStatus, 'RUNNING'>, end: ExecutionEnd): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.stoppedAt = this.#options.now();
    this.end = end;
    const suffix = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', ABORTED: 'Aborted' }[status];
    this.#history.add(`Execution${suffix}`, `execution${suffix}`, { ...end });
  }
}
