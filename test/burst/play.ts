import type { IncomingMessage, RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { CreatePolicyCommand, GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AwsCall, startAwsMeter } from '../../infra/cli/costs/aws-meter.ts';
import { FUNCTIONS, type HandlerFactory } from '../../infra/functions/functions.ts';
import { TABLE_NAME } from '../../infra/sandbox/deploy.ts';
import { type Sandbox, startSandbox } from '../../infra/sandbox/sandbox.ts';
import { createLedger } from '../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { GENEROUS_HANDLERS } from '../support/generous.ts';

const BAD =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}';

/** How often the state is looked at, and how long it has to have been the same. */
const LOOK_MS = 2_000;

export interface Burst {
  changes: number;
  /** Over how long they are spread. */
  seconds: number;
  /** Between two messages that Slack takes in a channel. */
  postingIntervalMs?: number;
  /** What a function has at the least; its own timeout unless given. */
  leastSeconds?: number;
}

/** What a burst has come to, counted from outside once every change has been asked about. */
export interface BurstFigures {
  changes: number;
  /** Policies whose own version is not in force any more. */
  quarantined: number;
  /** Requests that wait, and the policies that they are about. */
  requests: number;
  policies: number;
  /** Of the requests: in a message of their own, or shown by that of their group, as that message itself says. */
  announced: number;
  emails: number;
  failedExecutions: number;
  invocations: number;
  ledgerCalls: number;
  slackCalls: number;
  /** AWS calls of inspect and contain that name one policy: the 50th and the 99th percentile of all policies. */
  callsToQuarantine: { p50: number; p99: number };
  /** Of the whole process, which is Slack, AWS and the guard. */
  peakHeapMegabytes: number;
}

/** Plays a burst of restricted changes by one requester in a sandbox of its own. */
export async function playBurst({
  changes,
  seconds,
  postingIntervalMs,
  leastSeconds = 0,
}: Burst): Promise<BurstFigures> {
  const counts = { invocations: 0, dynamodb: 0, slack: 0 };
  const calls: AwsCall[] = [];
  let endpoint = '';
  const meter = await startAwsMeter(
    () => endpoint,
    (call) => calls.push({ ...call, response: '' }),
  );
  const counted = (name: FunctionName): HandlerFactory => {
    const measured = name === 'inspect' || name === 'contain';
    return (environment, aws) => {
      endpoint = aws.endpoint ?? '';
      const create = GENEROUS_HANDLERS[name] ?? FUNCTIONS[name].create;
      const handler = create(environment, measured ? { ...aws, endpoint: meter.url } : aws);
      return (event, context) => {
        counts.invocations++;
        return handler(event, context);
      };
    };
  };
  const before =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      const target = targetOf(request);
      if (target !== undefined) counts[target]++;
      listener(request, response);
    };
  const sandbox = await startSandbox({
    environment: {
      ...{ SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' },
      RESTRICTED_ACTIONS: 's3:DeleteBucket',
    },
    handlers: Object.fromEntries(FUNCTION_NAMES.map((name) => [name, counted(name)])),
    leastSeconds,
    ...(postingIntervalMs !== undefined && { postingIntervalMs }),
    before,
  });
  const heap = watchHeap();
  try {
    const names = Array.from({ length: changes }, (_, index) => `burst-${index}-`);
    await createAll(sandbox, names, seconds);
    const requests = await untilAsked(sandbox, changes);
    // Looking at the result counts for nothing.
    const { invocations, dynamodb: ledgerCalls, slack: slackCalls } = counts;
    const state = await sandbox.state();
    const messages = state.slack.messages;
    return {
      ...{ changes, invocations, ledgerCalls, slackCalls },
      quarantined: await countQuarantined(sandbox, names),
      requests: requests.length,
      policies: new Set(requests.map(({ change }) => JSON.stringify(change.target))).size,
      announced: countAnnounced(requests, messages),
      emails: state.emails.length,
      failedExecutions: state.executions.filter(({ status }) => !['RUNNING', 'SUCCEEDED'].includes(status))
        .length,
      callsToQuarantine: percentiles(names.map((name) => callsNaming(calls, name))),
      peakHeapMegabytes: heap.stop(),
    };
  } finally {
    heap.stop();
    await sandbox.close();
    meter.stop();
  }
}

function targetOf({ headers, url = '' }: IncomingMessage): 'dynamodb' | 'slack' | undefined {
  if (String(headers['x-amz-target']).startsWith('DynamoDB')) return 'dynamodb';
  return /\/(chat|users|usergroups|views|auth)\.\w+/.test(url) ? 'slack' : undefined;
}

const iamOf = ({ aws, callers }: Sandbox) =>
  new IAMClient({ endpoint: aws, region: 'us-east-1', credentials: callers[0]?.credentials });

async function createAll(sandbox: Sandbox, names: readonly string[], seconds: number): Promise<void> {
  const iam = iamOf(sandbox);
  const began = Date.now();
  const made = names.map(async (PolicyName, index) => {
    await pause((index * seconds * 1_000) / names.length - (Date.now() - began));
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: BAD }));
  });
  await Promise.all(made);
}

async function countQuarantined(sandbox: Sandbox, names: readonly string[]): Promise<number> {
  const iam = iamOf(sandbox);
  let quarantined = 0;
  for (const name of names) {
    const PolicyArn = `arn:aws:iam::123456789012:policy/${name}`;
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    if (Policy?.DefaultVersionId !== 'v1') quarantined++;
  }
  return quarantined;
}

/** Once each is asked about and nothing moves any more; whatever is there when nothing has moved for a while. */
async function untilAsked({ aws, callers }: Sandbox, changes: number): Promise<ApprovalRequest[]> {
  const credentials = callers[0]?.credentials;
  const ledger = createLedger({
    tableName: TABLE_NAME,
    aws: { endpoint: aws, region: 'us-east-1', ...(credentials && { credentials }) },
    timeouts: { callMs: 60_000, tryMs: 60_000 },
  });
  const PATIENCE = 60;
  let before = '';
  for (let still = 0; ; still++) {
    await pause(LOOK_MS);
    const found = await ledger.list('pending', changes + 1);
    const asked = found.filter(({ slack, emailedAt }) => slack !== undefined || emailedAt !== undefined);
    const now = `${found.length} ${asked.length}`;
    if (now !== before) still = 0;
    before = now;
    if (still >= (asked.length >= changes ? 5 : PATIENCE)) return found;
  }
}

/** One of a crowd is announced when the message at the top says how many wait. */
function countAnnounced(
  requests: readonly ApprovalRequest[],
  messages: readonly { channel: string; ts: string; text: string }[],
): number {
  const textAt = new Map(messages.map(({ ts, text }) => [ts, text]));
  return requests.filter(({ slack }) => {
    if (slack === undefined) return false;
    const text = textAt.get(slack.ts);
    if (slack.ts !== slack.threadTs) return text !== undefined;
    const inGroup = requests.filter((each) => each.slack?.threadTs === slack.threadTs).length;
    const [, count, orMore] = /^(\d+) changes?( or more)? held/.exec(text ?? '') ?? [];
    return Number(count) === inGroup || (orMore !== undefined && Number(count) <= inGroup);
  }).length;
}

function callsNaming(calls: readonly AwsCall[], name: string): number {
  return calls.filter(({ request }) => request.includes(name)).length;
}

function percentiles(values: readonly number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The most that lives between two collections, in megabytes. */
function watchHeap() {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(peak / 1_048_576);
    },
  };
}
