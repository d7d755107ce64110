import type { RequestListener } from 'node:http';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { SUMMARY_HOUR_UTC } from '../functions/daily-summary.ts';
import type { HandlerFactory } from '../functions/functions.ts';
import { RECONCILE_MINUTES, SWEEP_MINUTES } from '../functions/reconcile-schedule.ts';
import type { EnvFile } from '../settings/env-file.ts';
import { courseOf } from './api/course.ts';
import { type ChangeRequest, makeChange } from './api/make-change.ts';
import { readRecorded, readState } from './api/read-state.ts';
import { createSandboxApi, type SandboxApi } from './api/sandbox-api.ts';
import { untilWritten } from './api/until-written.ts';
import { createHttpApi } from './aws/apigateway/http-api.ts';
import { createClock } from './aws/clock.ts';
import { fillFromBefore } from './aws/iam/account-from-before.ts';
import { createLateFunctions } from './aws/lambda/late-functions.ts';
import type { Engine, StateMachineSettings } from './aws/states/engine.ts';
import { createCloud } from './cloud.ts';
import { deploy } from './deploy.ts';
import { everyDay } from './every-day.ts';
import { seeded } from './faults/draws.ts';
import { amountOf, createFaults, upOf } from './faults/faults.ts';
import { createPage } from './page/build-page.ts';
import { PLACE } from './place.ts';
import { readSandboxSettings, type SandboxSettings } from './settings.ts';
import { createSlack } from './slack/slack.ts';
import { type Listeners, openListeners } from './web/listen.ts';
import { createPageServer } from './web/page-server.ts';

export interface SandboxOptions {
  /** The settings as an environment; `{}` takes every default. */
  environment: Environment;
  /** The `.env` that some of them were read from: what is wrong with it is told with the rest. */
  envFile?: EnvFile;
  /** Handlers to run instead of the usual ones, e.g. out of deployed bundles. */
  handlers?: Partial<Readonly<Record<FunctionName, HandlerFactory>>>;
  /** Told of what fails inside the sandbox and of functions that fail. */
  failed?: (error: unknown) => void;
  /** Between two messages in a channel of Slack; 0 for a story that nobody would play as fast. */
  postingIntervalMs?: number;
  /** Stands before both endpoints and may hold, break or answer what comes: for playing faults. */
  before?: (listener: RequestListener) => RequestListener;
  /** Milliseconds that every wait and retry of the state machine takes, for a story of hours. */
  hurryMs?: number;
  /** What is drawn (lags, delays) is the same for the same seed. */
  seed?: number;
  /** Runs the state machine, instead of the embedded interpreter. */
  interpreter?: (machine: StateMachineSettings) => Engine;
  /** How long Slack waits for an answer, in milliseconds; 3 s, as in reality, unless given. */
  slackPatienceMs?: number;
  /** What a function, and a step that runs one, has at the least, in seconds: on a busy machine theirs run out. */
  leastSeconds?: number;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/**
 * Starts the whole system in this process, in memory, on loopback.
 *
 * @throws SettingsError naming every bad setting; PortTakenError
 */
export async function startSandbox(options: SandboxOptions) {
  const settings = readSandboxSettings(options.environment, options.envFile);
  const listeners = await openListeners(settings);
  try {
    return await compose(settings, listeners, options);
  } catch (error) {
    await listeners.close();
    throw error;
  }
}

async function compose(
  settings: SandboxSettings,
  listeners: Listeners,
  {
    handlers = {},
    failed = () => {},
    postingIntervalMs,
    hurryMs,
    seed = 1,
    interpreter,
    slackPatienceMs,
    leastSeconds = 0,
    before = (listener) => listener,
  }: SandboxOptions,
) {
  const endpoints = { aws: listeners.aws.url, page: listeners.page.url };
  let api: SandboxApi | undefined;
  const changed = () => api?.changed();
  const functions = createLateFunctions(PLACE);
  const { cloudTrailDelayMs, eventHistoryDelayMs } = settings;
  const clock = createClock();
  const cloud = createCloud({
    ...{ url: endpoints.aws, cloudTrailDelayMs, eventHistoryDelayMs, functions, changed, failed },
    ...{ clock, draw: seeded(seed), hurryMs, interpreter, leastSeconds },
  });
  const { aws, bus, engine } = cloud;
  const recorded = untilWritten(() => readRecorded(ledger));
  listeners.aws.serve(before(recorded.watch(aws.handler)));

  const httpApi = createHttpApi(functions, failed);
  const slack = createSlack({
    teamId: settings.product.SLACK_TEAM_ID,
    channelId: settings.product.SLACK_CHANNEL,
    publicUrl: endpoints.page,
    send: (request) => httpApi.handle(request),
    changed,
    now: clock.now,
    postingIntervalMs,
    patienceMs: slackPatienceMs,
  });
  const { ledger, slackSecretArn, configure } = await deploy({
    ...{ settings, aws, slack, functions, handlers, endpoints, leastSeconds },
    stateMachineArn: engine.stateMachineArn,
  });

  const faults = createFaults(
    {
      slack: upOf(slack.workspace, 'up'),
      slackLookups: upOf(slack.workspace, 'lookups'),
      delivery: upOf(bus, 'delivers'),
      events: upOf(bus, 'hears'),
      eventHistory: upOf(aws.history, 'isUp'),
      cloudTrailDelayMs: amountOf(bus, 'delayMs'),
      cloudTrailSpreadMs: amountOf(bus, 'spreadMs'),
      eventHistoryDelayMs: amountOf(aws.history, 'delayMs'),
      clockAheadMs: amountOf(clock, 'aheadMs'),
      iamLagMs: amountOf(aws.iam.lag, 'mostMs'),
      iamCallsPerSecond: amountOf(aws.iam.throttle, 'callsPerSecond'),
      coldStartMs: amountOf(functions.instances, 'coldStartMs'),
      dataLimitBytes: amountOf(engine, 'dataLimitBytes'),
    },
    changed,
  );
  const state = () => readState({ settings, aws, slack, engine, faults, recorded: recorded.read, endpoints });
  const change = (wanted: ChangeRequest) =>
    makeChange(wanted, aws.wellKnownCallers, {
      ...{ endpoint: endpoints.aws, region: PLACE.region, systemClockOffset: clock.aheadMs },
    });
  const summarise = async (time = new Date().toISOString()) => {
    await functions.invoke('notify', { step: 'summarise', time });
  };
  const mailWaiting = async () => (await functions.invoke('notify', { step: 'mail-waiting' })) as object;
  const reconcile = async () => {
    await cloud.undelivered.hand((messages) => functions.invoke('reconcile', { Records: messages }));
    return (await functions.invoke('reconcile', { step: 'reconcile' })) as object;
  };
  const sweep = async () => (await functions.invoke('reconcile', { step: 'sweep' })) as object;
  api = createSandboxApi({
    ...{ state, makeChange: change, summarise, mailWaiting, interactions: slack.interactions },
    course: (name) => {
      const execution = engine.find(engine.executionArn(name));
      return execution && { name, steps: courseOf(execution.history) };
    },
    exchange: (id) => slack.traffic.find(Number(id)),
    reconcile: async () => ({ ...(await reconcile()), sweep: await sweep() }),
    faults,
    fillAccount: (account) => {
      aws.recordFromBefore(fillFromBefore(aws.iam.state, account));
      changed();
      return account;
    },
  });
  listeners.page.serve(before(createPageServer({ page: bundledPage, api, httpApi, slack, failed })));

  const reconciling = setInterval(() => void reconcile().catch(failed), RECONCILE_MINUTES * 60_000);
  const sweeping = setInterval(() => void sweep().catch(failed), SWEEP_MINUTES * 60_000);
  const stopSummaries = everyDay(SUMMARY_HOUR_UTC, (due) => void summarise(due).catch(failed));

  return {
    ...endpoints,
    ...{ callers: aws.wellKnownCallers, slack, slackSecretArn, state, change },
    /** What is there at this very moment, for whoever checks without asking over HTTP. */
    ...{ iam: aws.iam, emails: aws.sns.emails, executions: () => engine.executions() },
    eventsOnTheirWay: () => bus.onTheirWay,
    permissions: aws.permissions,
    /** Deploys the functions again with other settings, over the same IAM and ledger. */
    configure,
    /** What a function finds in its environment that somebody has made, with a role that is there, by its name. */
    functionCredentials: (roleName: string, functionName: string) =>
      aws.functionCredentials(roleName, functions.arn(functionName)),
    /** The event that started an execution, as JSON text. */
    inputText: (executionArn: string) => engine.find(executionArn)?.input ?? '',
    /** What the ledger's audit trail holds of one request, with this event. */
    auditTrail: async (requestId: string, event: string) =>
      (await ledger.auditTrail(requestId)).filter((entry) => entry.event === event),
    /** Looks for what does not go on by itself, as happens every five minutes. @returns what was done */
    reconcile,
    /** Compares what is in force with what is known, as happens every quarter of an hour. @returns what was done */
    sweep,
    /** Denies in the ledger and goes no further, as a function that dies right afterwards. */
    decideOnly: (requestId: string) =>
      ledger.decide(requestId, {
        ...{ decision: 'denied', via: 'slack', at: new Date().toISOString() },
        by: { name: 'Ada Lovelace', slackUserId: 'U0ADALOVE' },
      }),
    /** Hands an event to the rule again, as EventBridge may. */
    redeliver: (event: object) => engine.start(JSON.stringify(event)),
    /** Asks for the daily summary, which otherwise comes by itself. @param time of the day after, ISO 8601; now */
    summarise,
    async close() {
      stopSummaries();
      clearInterval(reconciling);
      clearInterval(sweeping);
      api?.close();
      await Promise.all([listeners.close(), cloud.close()]);
    },
  };
}

/** Bundled once for a process: it is the same for every sandbox. */
let bundled: ReturnType<typeof createPage> | undefined;
function bundledPage(): ReturnType<typeof createPage> {
  bundled ??= createPage();
  return bundled;
}
