import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { AwsCall } from '../../infra/cli/costs/aws-meter.ts';
import { lookFromOutside } from '../../infra/sandbox/demo/outside.ts';
import { startSandbox } from '../../infra/sandbox/sandbox.ts';
import { coldFunctions } from './deployed.ts';
import type { Row } from './row.ts';

const granting = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const BAD = granting('s3:DeleteBucket');
const OWNED = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';

interface Measured {
  /** Makes what has to be there, and gives the change that is measured. */
  prepare: (iam: IAMClient) => Promise<() => Promise<unknown>>;
  /** The most AWS calls until it is out of force: all, of which most tell side by side who held what before; in a row. */
  mostCalls: number;
  mostInARow: number;
}

const changes: Record<string, Measured> = {
  'new policy': {
    prepare: async (iam) => () =>
      iam.send(new CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument: BAD })),
    ...{ mostCalls: 14, mostInARow: 3 },
  },
  version: {
    prepare: async (iam) => {
      const harmless = { PolicyName: 'good', PolicyDocument: granting('s3:GetObject') };
      const { Policy } = await iam.send(new CreatePolicyCommand(harmless));
      const version = { PolicyArn: Policy?.Arn, PolicyDocument: BAD, SetAsDefault: true };
      return () => iam.send(new CreatePolicyVersionCommand(version));
    },
    ...{ mostCalls: 20, mostInARow: 3 },
  },
  inline: {
    prepare: async (iam) => () =>
      iam.send(new PutUserPolicyCommand({ UserName: 'developer', PolicyName: 'bad', PolicyDocument: BAD })),
    ...{ mostCalls: 18, mostInARow: 3 },
  },
  attachment: {
    prepare: async (iam) => () =>
      iam.send(new AttachUserPolicyCommand({ UserName: 'developer', PolicyArn: OWNED })),
    ...{ mostCalls: 23, mostInARow: 4 },
  },
};

/** With AWS this far away, in milliseconds a call. */
const DELAYS = [50, 200];

/** What was seen of one change. */
interface Seen {
  /** AWS calls until the grant is out of force, all and one after another. */
  calls: number;
  chain: number;
  /** From the first call to the end of the one that takes it out of force. */
  milliseconds: number;
}

/**
 * From the event until the grant is out of force, with both functions cold; beside a plain design of one function, which
 * reads the document and writes, and asks nothing else.
 */
export async function outOfForceRows(isShort: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, change] of Object.entries(changes)) {
    for (const delayMs of isShort ? DELAYS.slice(0, 1) : DELAYS) {
      const { calls, chain, milliseconds } = await leastOf(change, delayMs, isShort);
      const group = `${kind}, from the event until it is out of force`;
      if (delayMs === DELAYS[0]) {
        rows.push({ group, what: 'AWS calls', value: calls, unit: 'calls', most: change.mostCalls });
        rows.push({ group, what: 'one after another', value: chain, unit: 'calls', most: change.mostInARow });
      }
      const plain = PLAIN_CALLS * delayMs;
      const what = `with ${delayMs} ms a call, against ${PLAIN_CALLS} calls alone`;
      rows.push({ group, what, value: milliseconds / plain, unit: '×' });
    }
  }
  return rows;
}

/** Validate, then two calls of IAM: what a function would do that only writes what it must. */
const PLAIN_CALLS = 2;

/** What a machine that is busy elsewhere does in a row, it does side by side another time. */
const MOST_TIMES = 3;

/** The least of several times; in the short form, of as many as it takes to be within the limits. */
async function leastOf(change: Measured, delayMs: number, isShort: boolean): Promise<Seen> {
  let least: Seen = { calls: Infinity, chain: Infinity, milliseconds: Infinity };
  for (let time = 0; time < MOST_TIMES; time++) {
    const seen = await measure(change, delayMs);
    least = {
      calls: Math.min(least.calls, seen.calls),
      chain: Math.min(least.chain, seen.chain),
      milliseconds: Math.min(least.milliseconds, seen.milliseconds),
    };
    if (isShort && least.calls <= change.mostCalls && least.chain <= change.mostInARow) break;
  }
  return least;
}

async function measure({ prepare }: Measured, delayMs: number): Promise<Seen> {
  const calls: AwsCall[] = [];
  const cold = await coldFunctions(['inspect', 'contain'], delayMs, (call) => void calls.push(call));
  const sandbox = await startSandbox({
    environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' },
    postingIntervalMs: 0,
    handlers: cold.handlers,
  });
  const outside = lookFromOutside(sandbox, 60_000);
  try {
    const credentials = sandbox.callers[0]?.credentials;
    const iam = new IAMClient({ endpoint: sandbox.aws, region: 'us-east-1', credentials });
    const change = await prepare(iam);
    await outside.until(
      'rest',
      ({ executions }) => executions.every(({ status }) => status !== 'RUNNING') || undefined,
    );
    calls.length = 0;
    await change();
    await outside.until('a request', ({ requests }) => requests.find(({ slack }) => slack != null));
    return seenIn(calls);
  } finally {
    await sandbox.close();
    cold.stop();
  }
}

const TAKES_OUT = /^(?:CreatePolicyVersion|SetDefaultPolicyVersion|Put\w+Policy|Detach\w+Policy)$/;

function seenIn(calls: readonly AwsCall[]): Seen {
  const [write] = calls.filter(({ service, operation }) => service === 'iam' && TAKES_OUT.test(operation));
  if (write === undefined) throw new Error('Nothing was taken out of force.');
  const before = calls.filter(({ from }) => from <= write.from);
  const first = Math.min(...before.map(({ from }) => from));
  return { calls: before.length, chain: chainOf(before), milliseconds: write.to - first };
}

/** How many calls there are at most of which none begins before the one before it has ended. */
export function chainOf(calls: readonly AwsCall[]): number {
  let count = 0;
  let end = 0;
  for (const { from, to } of calls.toSorted((one, other) => one.to - other.to)) {
    if (from < end) continue;
    count++;
    end = to;
  }
  return count;
}
