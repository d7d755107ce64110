import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AwsCall, startAwsMeter } from '../../infra/cli/costs/aws-meter.ts';
import type { HandlerFactory } from '../../infra/functions/functions.ts';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { lookFromOutside } from '../../infra/sandbox/demo/outside.ts';
import { TABLE_NAME } from '../../infra/sandbox/deploy.ts';
import { type Sandbox, startSandbox } from '../../infra/sandbox/sandbox.ts';
import { GENEROUS_HANDLERS } from '../support/generous.ts';
import { coldFunctions } from './deployed.ts';
import { chainOf } from './out-of-force.ts';
import type { Row } from './row.ts';

const APPROVER = 'U0ADALOVE';
/** With AWS this far away, in milliseconds a call. */
const DELAY_MS = 20;
const BAD = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' }],
});

/** How many click at once, and how often: as many requests as one message shows together. */
const CLICKERS = [
  { clickers: 1, rounds: 40 },
  { clickers: 10, rounds: 5 },
  { clickers: 50, rounds: 1 },
];
const SHORT = [
  { clickers: 1, rounds: 5 },
  { clickers: 10, rounds: 1 },
];
/** What an approver waits for: one call after another, of those that are made. */
const MOST_IN_A_ROW = 5;

/** From a click on Approve to the answer that Slack gets, while so many click at once. */
export async function clickRows(isShort: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { clickers, rounds } of isShort ? SHORT : CLICKERS) {
    const { inARow, milliseconds, plain } = await measure(clickers, rounds);
    const group = `a click, ${clickers} at once`;
    for (const percent of clickers === 1 ? [50] : [50, 95, 99]) {
      const value = percentile(inARow, percent);
      rows.push({
        ...{ group, what: `p${percent}, AWS calls one after another`, value },
        ...{ unit: 'calls', most: MOST_IN_A_ROW },
      });
    }
    for (const percent of clickers === 1 ? [50] : [50, 95, 99]) {
      rows.push({ group, what: `p${percent}`, value: percentile(milliseconds, percent), unit: 'ms' });
    }
    const value = percentile(milliseconds, 50) / percentile(plain, 50);
    rows.push({ group, what: `p50, against ${MOST_IN_A_ROW} plain calls by as many`, value, unit: '×' });
  }
  return [
    ...rows,
    { group: 'a click, cold', what: 'until it is answered', value: await coldClick(), unit: 'ms' },
  ];
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** A function that answers one event at a time, as on Lambda. */
interface Instance {
  handler: ReturnType<HandlerFactory>;
  /** Its AWS calls since its last event began. */
  calls: AwsCall[];
  stop: () => void;
}

async function startInstance(...[environment, aws]: Parameters<HandlerFactory>): Promise<Instance> {
  const calls: AwsCall[] = [];
  const meter = await startAwsMeter(
    () => aws.endpoint ?? '',
    (call) => void calls.push(call),
    DELAY_MS,
  );
  // With time: where all of AWS and Slack are one process, what many do at once must not be given up for it.
  const handler = GENEROUS_HANDLERS.slack(environment, { ...aws, endpoint: meter.url });
  return { handler, calls, stop: meter.stop };
}

interface Clicks {
  /** Of each click: calls one after another. */
  inARow: number[];
  /** How long the Slack function took. */
  milliseconds: number[];
  /** What as many calls take that only read an item, one after another, and as many of those rows at once. */
  plain: number[];
}

async function measure(clickers: number, rounds: number): Promise<Clicks> {
  const inARow: number[] = [];
  const milliseconds: number[] = [];
  let plain: number[] = [];
  const all: Instance[] = [];
  const idle: Instance[] = [];
  const start: typeof startInstance = async (...given) => {
    const instance = await startInstance(...given);
    all.push(instance);
    return instance;
  };
  const slack: HandlerFactory = (environment, aws) => async (event, context) => {
    const instance = idle.pop() ?? (await start(environment, aws));
    instance.calls.length = 0;
    const from = performance.now();
    try {
      return await instance.handler(event, context);
    } finally {
      milliseconds.push(performance.now() - from);
      inARow.push(chainOf(instance.calls));
      idle.push(instance);
    }
  };
  try {
    await clickAll({ clickers, rounds, isWarm: true }, { slack }, async (sandbox) => {
      plain = await plainCalls(sandbox, clickers, rounds);
      inARow.length = 0;
      milliseconds.length = 0;
    });
    return { inARow, milliseconds, plain };
  } finally {
    for (const each of all) each.stop();
  }
}

/** @returns milliseconds of each row of calls */
async function plainCalls({ aws, callers }: Sandbox, clickers: number, rounds: number): Promise<number[]> {
  const meter = await startAwsMeter(
    () => aws,
    () => {},
    DELAY_MS,
  );
  const config = { endpoint: meter.url, region: 'us-east-1', credentials: callers[0]?.credentials };
  const clients = Array.from({ length: clickers }, () => new DynamoDBClient({ ...config }));
  const row = async (client: DynamoDBClient) => {
    const from = performance.now();
    for (let call = 0; call < MOST_IN_A_ROW; call++) {
      await client.send(
        new GetItemCommand({ TableName: TABLE_NAME, Key: { pk: { S: 'none' }, sk: { S: 'none' } } }),
      );
    }
    return performance.now() - from;
  };
  try {
    const taken: number[] = [];
    await Promise.all(clients.map(row));
    for (let round = 0; round < rounds; round++) taken.push(...(await Promise.all(clients.map(row))));
    return taken;
  } finally {
    for (const client of clients) client.destroy();
    meter.stop();
  }
}

async function coldClick(): Promise<number> {
  const cold = await coldFunctions(['slack'], DELAY_MS, () => {});
  let from = 0;
  try {
    await clickAll({ clickers: 1, rounds: 1, isWarm: false }, cold.handlers, async () => {
      from = performance.now();
    });
    return performance.now() - from;
  } finally {
    cold.stop();
  }
}

/**
 * Makes requests, and clicks Approve on as many of them at once as there are clickers, round after round.
 *
 * @param isWarm as many have opened the details before
 * @param onReady called just before the clicks
 * @returns when the last of them has been answered
 */
async function clickAll(
  { clickers, rounds, isWarm }: { clickers: number; rounds: number; isWarm: boolean },
  handlers: Record<string, HandlerFactory>,
  onReady: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({
    environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' },
    postingIntervalMs: 0,
    handlers,
    ...{ slackPatienceMs: 60_000, leastSeconds: 60 },
  });
  const outside = lookFromOutside(sandbox, 180_000);
  try {
    const iam = new IAMClient({
      ...{ endpoint: sandbox.aws, region: 'us-east-1', credentials: sandbox.callers[0]?.credentials },
    });
    for (let index = 0; index < clickers * rounds; index++) {
      await iam.send(new CreatePolicyCommand({ PolicyName: `bad-${index}`, PolicyDocument: BAD }));
    }
    const asked = await outside.until('all are asked about', ({ requests }) => {
      const those = requests.filter(({ status, slack }) => status === 'pending' && slack != null);
      return those.length === clickers * rounds ? those : undefined;
    });
    const click =
      (action_id: string) =>
      ({ slack }: RequestState) =>
        outside.post('/api/slack/actions', {
          ...{ user: APPROVER, action_id, channel: slack?.channel, ts: slack?.ts },
        });
    if (isWarm) await Promise.all(asked.slice(0, clickers).map(click('details')));
    await onReady(sandbox);
    for (let round = 0; round < rounds; round++) {
      await Promise.all(asked.slice(round * clickers, (round + 1) * clickers).map(click('approve')));
    }
  } finally {
    await sandbox.close();
  }
}
