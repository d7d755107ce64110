import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StartedExecution } from '../../../infra/sandbox/aws/states/engine.ts';

/** One of those that run at once is looked at so often: a look costs moto more than a step of an execution. */
const LOOK_EVERY_MS = 100;
let running = 0;

const MOST_TOO_EARLY = 50;

interface Started {
  sfn: SFNClient;
  /** The machine is there. */
  ready: Promise<unknown>;
  arn: string;
  name: string;
  stateMachineArn: string;
  input: string;
  changed: () => void;
}

/** One run in moto's interpreter, looked at again and again until it has ended. */
export class MotoExecution implements StartedExecution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: string;
  readonly startedAt = new Date();
  readonly ended: Promise<void>;
  path: string[] = [];
  status: StartedExecution['status'] = 'RUNNING';
  stoppedAt: Date | undefined;
  end: StartedExecution['end'] = {};
  /** Of the embedded interpreter alone. */
  readonly history = [];
  readonly redriveCount = 0;
  readonly redrivenAt = undefined;
  readonly notRedrivable = 'moto redrives nothing';
  readonly #started: Started;
  #tooEarly = 0;
  #stopped: Promise<unknown> | undefined;

  constructor(started: Started) {
    this.#started = started;
    this.arn = started.arn;
    this.name = started.name;
    this.stateMachineArn = started.stateMachineArn;
    this.input = started.input;
    this.ended = this.#run();
  }

  stop(error?: string, cause?: string): void {
    if (this.status !== 'RUNNING') return;
    this.#finish('ABORTED', { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    this.#stopped = this.#started.sfn.send(
      new StopExecutionCommand({ executionArn: this.arn, error, cause }),
    );
  }

  redrive(): never {
    throw new Error(`${this.notRedrivable}: what asks is told so before.`);
  }

  async #run(): Promise<void> {
    const { sfn, ready, stateMachineArn, name, input } = this.#started;
    await ready;
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    running += 1;
    while (this.status === 'RUNNING') {
      await this.#look();
      await sleep(LOOK_EVERY_MS * running);
    }
    running -= 1;
    await this.#stopped;
  }

  async #look(): Promise<void> {
    const { sfn } = this.#started;
    const asked = { executionArn: this.arn };
    const now = await sfn.send(new DescribeExecutionCommand(asked));
    const history = sfn.send(new GetExecutionHistoryCommand({ ...asked, maxResults: 1000 }));
    const { events = [] } = await history.catch((error: unknown) => this.#notYet(error));
    const path = events.flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []);
    if (path.length > this.path.length) {
      this.path = path;
      this.#started.changed();
    }
    if (now.status !== 'RUNNING' && path.length > 0) {
      this.#finish(now.status as 'SUCCEEDED', { output: now.output, error: now.error, cause: now.cause });
    }
  }

  /** moto breaks where an execution is asked about that has hardly begun. */
  #notYet(error: unknown): { events?: undefined } {
    this.#tooEarly += 1;
    if (this.path.length > 0 || this.#tooEarly > MOST_TOO_EARLY) throw error;
    return {};
  }

  #finish(
    status: StartedExecution['status'],
    end: { output?: string | undefined; error?: string | undefined; cause?: string | undefined },
  ): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.stoppedAt = new Date();
    this.end = Object.fromEntries(Object.entries(end).filter(([, value]) => value !== undefined));
    this.#started.changed();
  }
}
