import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Sandbox, startSandbox } from '../../../infra/sandbox/sandbox.ts';
import { pass, passUntil, resetVirtualTime, virtualNow } from '../time/virtual-time.ts';
import { forgetCalls } from './calls.ts';
import { createFaults, type Fault, type Faults, type Outage } from './fault.ts';
import { type ArrivedCall, createFront } from './front.ts';
import { mortalFunctions } from './mortal.ts';
import type { Call } from './name-call.ts';

const TABLE_NAME = 'policy-guard-ledger';

/** Half an hour until a request expires, so that a case can wait for it; reminders and the administrator's mail on the way. */
const ENVIRONMENT = {
  SANDBOX_PAGE_PORT: '0',
  SANDBOX_AWS_PORT: '0',
  SANDBOX_CLOUDTRAIL_DELAY_MS: '20',
  REQUEST_TIMEOUT_SECONDS: '1800',
  REMINDER_SECONDS: '480',
  ADMIN_EMAIL_SECONDS: '1200',
  LOG_LEVEL: 'INFO',
};

export type LedgerItem = Record<string, unknown> & { pk: string; sk: string };

export interface Watcher {
  arrived(call: Call): void;
  done(call: Call): void;
}

/** One sandbox with nothing in it, in virtual time, and everything that an oracle may look at. */
export interface World {
  sandbox: Sandbox;
  faults: Faults;
  /** Every call that left a function, in order. */
  calls: ArrivedCall[];
  /** Told of each call as it arrives, and when it was carried out. */
  watchers: Watcher[];
  /** What the functions have written to their logs. */
  log: string[];
  /** An IAM client for somebody of the sandbox: `developer`, `root`, … */
  iamAs(id: string): IAMClient;
  stepFunctions: SFNClient;
  /** Every item of the ledger, as the table has it. */
  readLedger(): Promise<LedgerItem[]>;
  close(): Promise<void>;
}

/** @param outages what is away, and when */
export async function createWorld(
  planned: readonly Fault[],
  outages: readonly Outage[] = [],
): Promise<World> {
  resetVirtualTime();
  forgetCalls();
  const faults = createFaults(planned, outages);
  const calls: ArrivedCall[] = [];
  const watchers: World['watchers'] = [];
  const front = createFront({
    faults,
    arrived: (call) => {
      calls.push(call);
      for (const watcher of watchers) watcher.arrived(call);
    },
    done: (call) => {
      for (const watcher of watchers) watcher.done(call);
    },
  });
  const { log, release } = catchLog();
  const sandbox = await passUntil(
    startSandbox({
      environment: ENVIRONMENT,
      handlers: mortalFunctions(),
      postingIntervalMs: 0,
      before: front,
    }),
  );
  return {
    ...{ sandbox, faults, calls, watchers, log },
    ...clients(sandbox),
    close: async () => {
      await passUntil(sandbox.close());
      release();
    },
  };
}

function clients(sandbox: Sandbox): Pick<World, 'iamAs' | 'stepFunctions' | 'readLedger'> {
  const configFor = (id: string) => ({
    endpoint: sandbox.aws,
    region: 'us-east-1',
    credentials: sandbox.callers.find((caller) => caller.id === id)?.credentials,
    maxAttempts: 1,
  });
  const ledger = DynamoDBDocumentClient.from(new DynamoDBClient(configFor('root')));
  return {
    iamAs: (id) => new IAMClient(configFor(id)),
    stepFunctions: new SFNClient(configFor('root')),
    readLedger: async () => {
      const { Items = [] } = await passUntil(ledger.send(new ScanCommand({ TableName: TABLE_NAME })));
      return Items as LedgerItem[];
    },
  };
}

/** Functions log to the standard outputs; here that is read, not shown. */
function catchLog(): { log: string[]; release: () => void } {
  const log: string[] = [];
  const outputs = [process.stdout, process.stderr];
  const writes = outputs.map(({ write }) => write);
  const keep = ((text: string | Uint8Array) => {
    log.push(String(text));
    return true;
  }) as typeof process.stdout.write;
  for (const output of outputs) output.write = keep;
  return {
    log,
    release: () => {
      for (const [index, output] of outputs.entries()) output.write = writes[index] ?? output.write;
    },
  };
}

/** Whether every execution has come to its own end. */
export const allSucceeded = (world: World): boolean =>
  world.sandbox.executions().every(({ status }) => status === 'SUCCEEDED');

/** Lets time pass until no execution runs. @returns whether that came about in time */
export function rest(world: World, limitMs: number): Promise<boolean> {
  return pass(() => world.sandbox.executions().every(({ status }) => status !== 'RUNNING'), limitMs);
}

/** Lets time pass until every fault is over. */
export async function untilMended(world: World): Promise<void> {
  while (world.faults.overAt() > virtualNow()) await pass(() => false, world.faults.overAt() - virtualNow());
}
