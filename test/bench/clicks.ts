import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AwsCall, startAwsMeter } from '../../infra/cli/costs/aws-meter.ts';
import { FUNCTIONS, type HandlerFactory } from '../../infra/functions/functions.ts';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { lookFromOutside } from '../../infra/sandbox/demo/outside.ts';
import { startSandbox } from '../../infra/sandbox/sandbox.ts';
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

/** From a click on Approve to the answer that Slack gets, while so many click at once. */
export async function clickRows(isShort: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const clickers of isShort ? [1, 10] : [1, 10, 25]) {
    const { chain, milliseconds } = await measure(clickers);
    const group = `a click, ${clickers} at once`;
    if (clickers === 1)
      rows.push({ group, what: 'AWS calls one after another', value: chain, unit: 'calls', most: 5 });
    for (const percent of clickers === 1 ? [50] : [50, 95, 99]) {
      const value = percentile(milliseconds, percent) / DELAY_MS;
      rows.push({ group, what: `p${percent}, against one call of ${DELAY_MS} ms`, value, unit: '×' });
    }
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

/** How long the Slack function took for each click, and how many calls it made one after another for the last. */
async function measure(clickers: number): Promise<{ chain: number; milliseconds: number[] }> {
  const calls: AwsCall[] = [];
  const milliseconds: number[] = [];
  let endpoint = '';
  const meter = await startAwsMeter(
    () => endpoint,
    (call) => void calls.push(call),
    DELAY_MS,
  );
  const slack: HandlerFactory = (environment, aws) => {
    endpoint = aws.endpoint ?? '';
    const handler = FUNCTIONS.slack.create(environment, { ...aws, endpoint: meter.url });
    return async (event, context) => {
      const from = performance.now();
      const answer = await handler(event, context);
      milliseconds.push(performance.now() - from);
      return answer;
    };
  };
  try {
    // The first click warms what a running function has warm.
    await clickAll(clickers + 1, { slack }, () => {
      calls.length = 0;
      milliseconds.length = 0;
    });
    return { chain: chainOf(calls), milliseconds };
  } finally {
    meter.stop();
  }
}

async function coldClick(): Promise<number> {
  const cold = await coldFunctions(['slack'], DELAY_MS, () => {});
  let taken = 0;
  try {
    await clickAll(
      1,
      cold.handlers,
      () => {},
      (milliseconds) => {
        taken = milliseconds;
      },
    );
    return taken;
  } finally {
    cold.stop();
  }
}

/** Makes requests, clicks Approve on one, then on all the others at once. */
async function clickAll(
  count: number,
  handlers: Record<string, HandlerFactory>,
  afterFirst: () => void,
  told: (milliseconds: number) => void = () => {},
): Promise<void> {
  const sandbox = await startSandbox({
    environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' },
    postingIntervalMs: 0,
    handlers,
    slackPatienceMs: 60_000,
  });
  const outside = lookFromOutside(sandbox, 60_000);
  try {
    const iam = new IAMClient({
      ...{ endpoint: sandbox.aws, region: 'us-east-1', credentials: sandbox.callers[0]?.credentials },
    });
    for (let index = 0; index < count; index++) {
      await iam.send(new CreatePolicyCommand({ PolicyName: `bad-${index}`, PolicyDocument: BAD }));
    }
    const [first, ...others] = await outside.until('all are asked about', ({ requests }) => {
      const asked = requests.filter(({ status, slack }) => status === 'pending' && slack != null);
      return asked.length === count ? asked : undefined;
    });
    const click = ({ slack }: RequestState) =>
      outside.post('/api/slack/actions', {
        ...{ user: APPROVER, action_id: 'approve', channel: slack?.channel, ts: slack?.ts },
      });
    const from = performance.now();
    await click(first as RequestState);
    told(performance.now() - from);
    afterFirst();
    await Promise.all(others.map(click));
  } finally {
    await sandbox.close();
  }
}
