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

/** "Less than 24,999 events": one is needed for `ExecutionRedriven`, and one for what comes of it. */
const REDRIVABLE_EVENTS = 24_999;
const REDRIVABLE_MS = 14 * 86_400_000;

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
  ended: Promise<void>;
  status: ExecutionStatus = 'RUNNING';
  stoppedAt: Date | undefined;
  end: ExecutionEnd = {};
  redriveCount = 0;
  redrivenAt: Date | undefined;
  readonly #options: ExecutionOptions;
  readonly #history: History;
  readonly #visit: Visit;
  #stopper = new AbortController();
  #run: Run;

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
    this.#run = this.#start(options.definition.StartAt, options.input);
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

  /** Why RedriveExecution would refuse; undefined when it would not. */
  get notRedrivable(): string | undefined {
    if (this.status === 'RUNNING' || this.status === 'SUCCEEDED') {
      return `Execution is ${this.status} and cannot be redriven`;
    }
    if (this.history.length >= REDRIVABLE_EVENTS) return 'Execution history event limit exceeded';
    const now = this.#options.now();
    const ended = this.stoppedAt ?? now;
    return now.getTime() - ended.getTime() > REDRIVABLE_MS
      ? 'Execution redrivable period exceeded'
      : undefined;
  }

  /**
   * RedriveExecution: the state that was not left is entered again with the same input; a Fail state fails again.
   * What was done before it is not done again.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
   */
  redrive(): Date {
    const redrivenAt = this.#options.now();
    Object.assign(this, { status: 'RUNNING', stoppedAt: undefined, end: {}, redrivenAt });
    this.redriveCount += 1;
    const { name, input } = this.#lastEntered();
    this.#history.add('ExecutionRedriven', 'executionRedriven', { redriveCount: this.redriveCount });
    this.#stopper = new AbortController();
    this.#run = this.#start(name, input);
    this.ended = this.#follow();
    return redrivenAt;
  }

  #lastEntered(): { name: string; input: string } {
    const last = this.history.findLast((event) => 'stateEnteredEventDetails' in event);
    const { StartAt } = this.#options.definition;
    return {
      ...{ name: StartAt, input: this.input },
      ...(last?.stateEnteredEventDetails as { name: string; input: string } | undefined),
    };
  }

  #start(StartAt: string, input: string): Run {
    const definition = forInterpreter({ ...this.#options.definition, StartAt }, (state) => {
      this.#visit.enter(state);
      this.path.push(state);
    });
    const machine = new StateMachine(definition as unknown as InterpreterDefinition, {
      validationOptions: { noValidate: true },
    });
    return machine.run(JSON.parse(input), {
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
    const run = this.#run;
    const result = run.result.then(
      (output) => ({ output }),
      (error: unknown) => ({ error }),
    );
    for await (const event of run.eventLogs) {
      if (this.status !== 'RUNNING' || run !== this.#run) continue;
      if (event.type === 'StateEntered') {
        const details = { name: event.state.name, input: JSON.stringify(event.state.input) };
        this.#history.add(`${event.state.type}StateEntered`, 'stateEntered', details);
      } else if (event.type === 'StateExited') {
        const details = { name: event.state.name, output: JSON.stringify(event.state.output) };
        this.#history.add(`${event.state.type}StateExited`, 'stateExited', details);
      }
    }
    const concluded = await result;
    if (run === this.#run) this.#conclude(concluded);
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
