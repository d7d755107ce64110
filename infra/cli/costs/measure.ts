import { setTimeout as pause } from 'node:timers/promises';
import { type HistoryEvent, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { FUNCTION_NAMES, type FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { METRIC } from '../../../workflow/steps/metrics.ts';
import { FUNCTIONS, type HandlerFactory, HTTP_ROUTES } from '../../functions/functions.ts';
import type { ExecutionState } from '../../sandbox/api/contract.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { type AwsCall, startAwsMeter } from './aws-meter.ts';
import { unitsOf } from './dynamo-units.ts';
import { ASSUMPTIONS, type Usage } from './prices.ts';

/** Long enough for an event that is under way to have arrived: the sandbox's CloudTrail takes 20 ms here. */
const STILL_MS = 500;

type Play = (sandbox: Sandbox) => Promise<unknown>;

/**
 * What a story uses on AWS, counted in a sandbox of its own, where every cache is cold: the transitions of all
 * executions (those of the guard's own writes, too), the invocations of each function, and each of their AWS calls.
 *
 * @param plays each makes changes and decisions, or has something done, after the one before it
 * @returns what each of them uses
 */
export async function measure(...plays: readonly Play[]): Promise<Usage[]> {
  const calls: AwsCall[] = [];
  const invocations = Object.fromEntries(FUNCTION_NAMES.map((name) => [name, 0])) as Record<
    FunctionName,
    number
  >;
  let endpoint = '';
  const meter = await startAwsMeter(
    () => endpoint,
    (call) => calls.push(call),
  );
  const metered = (name: FunctionName): HandlerFactory => {
    return (environment, aws) => {
      endpoint = aws.endpoint ?? '';
      const handler = FUNCTIONS[name].create(environment, { ...aws, endpoint: meter.url });
      return (event, context) => {
        invocations[name]++;
        return handler(event, context);
      };
    };
  };
  const sandbox = await startSandbox({
    environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' },
    // People take longer than a second to decide; a script would meet Slack's rate limit, by chance.
    postingIntervalMs: 0,
    handlers: Object.fromEntries(FUNCTION_NAMES.map((name) => [name, metered(name)])),
  });
  try {
    const usages: Usage[] = [];
    const counted = new Set<string>();
    for (const play of plays) {
      calls.length = 0;
      for (const name of FUNCTION_NAMES) invocations[name] = 0;
      await play(sandbox);
      const runs = (await runsOf(sandbox)).filter(({ arn }) => !counted.has(arn));
      for (const { arn } of runs) counted.add(arn);
      usages.push(usageOf(calls, invocations, runs));
    }
    return usages;
  } finally {
    await sandbox.close();
    meter.stop();
  }
}

interface Run {
  arn: string;
  outcome: ExecutionState['outcome'];
  transitions: number;
}

/** Every execution, once none is running or about to start. */
async function runsOf(sandbox: Sandbox): Promise<Run[]> {
  const { executions } = await sandbox.state();
  await pause(STILL_MS);
  const later = (await sandbox.state()).executions;
  const still = later.length === executions.length && later.every(({ status }) => status !== 'RUNNING');
  if (!still) return runsOf(sandbox);
  return Promise.all(
    later.map(async ({ arn, outcome }) => ({ arn, outcome, transitions: await transitionsOf(sandbox, arn) })),
  );
}

/** Step Functions bills each state that is entered, and each retry. */
async function transitionsOf({ aws, callers }: Sandbox, executionArn: string): Promise<number> {
  const client = new SFNClient({ endpoint: aws, region: 'us-east-1', credentials: callers[0]?.credentials });
  const types: HistoryEvent['type'][] = [];
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    types.push(...events.map(({ type }) => type));
  }
  const count = (pattern: RegExp) => types.filter((type) => pattern.test(type ?? '')).length;
  const retries = Math.max(0, count(/^TaskScheduled$/) - count(/^TaskStateEntered$/));
  return count(/StateEntered$/) + retries;
}

function usageOf(calls: AwsCall[], invocations: Record<FunctionName, number>, runs: Run[]): Usage {
  const of = (service: string, operation?: string) =>
    calls.filter(
      (call) => call.service === service && (operation === undefined || call.operation === operation),
    );
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  const units = of('dynamodb').map(unitsOf);
  const invoked = sum(Object.values(invocations));
  const stateTransitions = sum(runs.map(({ transitions }) => transitions));
  const emails = of('sns', 'Publish').length;
  const behindHttp = [...new Set(HTTP_ROUTES.map(({ to }) => to))];
  const { billedSecondsPerInvocation, billedSecondsPerAccountPage } = ASSUMPTIONS;
  const { logBytesPerInvocation, logBytesPerTransition } = ASSUMPTIONS;
  const pageSeconds = of('iam', 'GetAccountAuthorizationDetails').length * billedSecondsPerAccountPage;
  return {
    stateTransitions,
    invocations: invoked,
    gigabyteSeconds:
      sum(
        FUNCTION_NAMES.map(
          (name) => (invocations[name] * billedSecondsPerInvocation * FUNCTIONS[name].memory) / 1024,
        ),
      ) +
      (pageSeconds * FUNCTIONS.reconcile.memory) / 1024,
    httpRequests: sum(behindHttp.map((name) => invocations[name])),
    writeUnits: sum(units.map(({ write }) => write)),
    readUnits: sum(units.map(({ read }) => read)),
    secretCalls: of('secretsmanager').length,
    emails,
    // SNS asks for a data key, and for its decryption when it delivers.
    keyCalls: emails * 2,
    traces: runs.length,
    logGigabytes: (invoked * logBytesPerInvocation + stateTransitions * logBytesPerTransition) / 1e9,
    metrics: metricsOf(runs) + (pageSeconds > 0 ? [METRIC.minutesSinceSweep, METRIC.foundBySweep].length : 0),
  };
}

/** How many of the guard's own metrics there are at the end: one for each outcome, and those of whatever was held. */
function metricsOf(runs: Run[]): number {
  const outcomes = new Set(runs.map(({ outcome }) => outcome));
  const held = ['approved', 'denied', 'expired'].some((outcome) => outcomes.has(outcome as Run['outcome']));
  return (
    outcomes.size + (held ? [METRIC.quarantined, METRIC.secondsInForce, METRIC.minutesToDecision].length : 0)
  );
}
