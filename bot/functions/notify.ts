import { setTimeout as pause } from 'node:timers/promises';
import { createSubscriptionReader } from '../../workflow/account/sns/subscriptions.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import { LIST_REQUESTS, READ_HISTORY } from '../../workflow/functions/shared-permissions.ts';
import { withLoggedAudit } from '../../workflow/ledger/audit-trail.ts';
import { createLedger, type TimedLedger } from '../../workflow/ledger/ledger.ts';
import { STORE_TIMEOUTS } from '../../workflow/ledger/store.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import { SECRET_TRY_MS } from '../../workflow/runtime/secrets/secret-reader.ts';
import { createSlackSecretReader } from '../../workflow/runtime/secrets/slack-secret.ts';
import type { SettingOf, Settings } from '../../workflow/runtime/settings/schema.ts';
import { type Environment, readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import { askAgain } from '../../workflow/steps/ask-again.ts';
import { expireOrRemind } from '../../workflow/steps/expire-or-remind.ts';
import { keepOthers } from '../../workflow/steps/keep-others.ts';
import { createMetrics } from '../../workflow/steps/metrics.ts';
import { type NudgeRules, nudgeRules } from '../../workflow/steps/nudges.ts';
import { type RecordDependencies, record } from '../../workflow/steps/record.ts';
import { resume } from '../../workflow/steps/resume.ts';
import { identifyRequester, unidentified } from '../approvers/identify-requester.ts';
import { type RequesterEntry, readRequesterTable } from '../approvers/requester-table.ts';
import { createEmailSender, EMAIL_LIMITS } from '../media/email/sns-email-sender.ts';
import type { SlackApi } from '../media/slack/api/slack-api.ts';
import { createSlackApi } from '../media/slack/api/web-client-api.ts';
import { announceAllowed } from '../notices/allowed.ts';
import { announce } from '../notices/announce.ts';
import { summarise } from '../notices/daily-summary/tell.ts';
import type { NotifyDeps } from '../notices/delivery/deps.ts';
import { AlreadyDecidedError, SlackRateLimitedError } from '../notices/delivery/errors.ts';
import { escalate } from '../notices/escalation/tell.ts';
import { report } from '../notices/observed/tell.ts';
import { type NotifyPayload, notifyPayloadSchema } from '../notices/payload.ts';
import { remind } from '../notices/reminder/remind.ts';
import { mailWaiting } from '../notices/request/mail-waiting.ts';
import { requestApproval } from '../notices/request/request-approval.ts';
import { stillInForce } from '../notices/still-in-force/tell.ts';
import { tellSweep } from '../notices/sweep/tell.ts';
import { tellUnconfirmed } from '../notices/unconfirmed/tell.ts';

/**
 * What a step calls one after another, at 4 s for Slack (a call that is made again for a new token was refused at once
 * before) and 6 s for an e-mail, fits into the function's 25 s:
 * - record: looks the requester up (4 s).
 * - request-approval: looks them up, posts the group's message, posts the request, then reads its address and writes
 *   the group's message anew at once, and sends the direct message (20 s; 24 s with an e-mail and its look at the subscriptions in place of the third).
 * - remind: looks them up, replies or posts the request in full, then writes its message and the group's at once,
 *   mails the administrator, and sends the direct message (22 s).
 * - announce: writes the message, posts break glass and replies; then at once mails, writes the group's message and
 *   sends the direct message (18 s, and up to 3.6 s twice for Slack's rate limit).
 * - report and announce-allowed: post, then read the address or mail (10 s).
 * - summarise: posts, or mails (14 s with the rate limit).
 * - escalate: posts and mails at once, writes the message, then at once the group's and the direct message (12 s, and
 *   up to 3.6 s twice for the rate limit).
 * Before, each asks the ledger for the time (2 s, where that is silent). A step that is cut off all the same is tried
 * again.
 */
const LIMITS = {
  slackMs: 4_000,
  email: EMAIL_LIMITS,
  ledger: STORE_TIMEOUTS,
  secretTryMs: SECRET_TRY_MS,
};

type NotifyLimits = typeof LIMITS;

/** How long a request waits, and when people are nudged. */
interface Waits {
  timeoutSeconds: number;
  nudgeRules: NudgeRules;
}

/**
 * The `notify` function: asks, reminds, announces and escalates, in Slack and by e-mail.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for others
 * @throws SettingsError naming every bad key
 */
export function createNotifyHandler(environment: Environment, aws: AwsClientConfig, limits = LIMITS) {
  const settings = readFunctionSettings(environment, 'notify');
  const { timed, ...deps } = wire(settings, readRequesterTable(environment), aws, limits);
  const waits = { timeoutSeconds: settings.REQUEST_TIMEOUT_SECONDS, nudgeRules: nudgeRules(settings) };
  return async (payload: unknown): Promise<unknown> => {
    const input = notifyPayloadSchema.parse(payload);
    const { requestId, executionArn } = identify(input);
    try {
      await timed();
      const result = await run(input, deps, waits);
      deps.log.info(`The step ${input.step} is done.`, { requestId, executionArn });
      return result;
    } catch (error) {
      const level = isAnswer(error) ? 'info' : 'error';
      deps.log[level](`This try to ${input.step} failed.`, { error, requestId, executionArn });
      throw error;
    }
  };
}

/** What the state machine expects now and then, and knows what to do about. */
function isAnswer(error: unknown): boolean {
  return error instanceof AlreadyDecidedError || error instanceof SlackRateLimitedError;
}

function run(input: NotifyPayload, deps: NotifyDeps, waits: Waits): Promise<unknown> {
  switch (input.step) {
    case 'record':
      return record(recordDependencies(deps, waits), input.state);
    case 'keep-others':
      return keepOthers({ ledger: deps.ledger, now: deps.now() }, input.state);
    case 'resume':
      return resume({ ledger: deps.ledger, now: deps.now(), ...waits }, input);
    case 'tell-unconfirmed':
      return tellUnconfirmed(deps, input);
    case 'tell-sweep':
      return tellSweep(deps, input);
    case 'ask-again':
      return askAgain(
        {
          ...recordDependencies(deps, waits),
          announce: (state) => announce(deps, { ...input, state }),
        },
        input.state,
      );
    case 'announce-allowed':
      return announceAllowed(deps, input);
    case 'request-approval':
      return requestApproval(deps, input);
    case 'expire-or-remind':
      return expireOrRemind({ ledger: deps.ledger, now: deps.now(), ...waits }, input.state);
    case 'remind':
      return remind(deps, input);
    case 'announce':
      return announce(deps, input);
    case 'report':
      return report(deps, input);
    case 'summarise':
      return summarise(deps, input);
    case 'mail-waiting':
      return mailWaiting(deps);
    case 'still-in-force':
      return stillInForce(deps, input);
    case 'escalate':
      return escalate(deps, input);
  }
}

function recordDependencies(deps: NotifyDeps, waits: Waits): RecordDependencies {
  const approvalsRequired = deps.settings.APPROVALS_REQUIRED;
  return {
    ...{ ledger: deps.ledger, now: deps.now(), ...waits, approvalsRequired },
    beforeAsked: unidentified(approvalsRequired),
    identify: (request) => identifyRequester(deps, request),
  };
}

type NotifySettings = Pick<Settings, SettingOf<'notify'>>;

function wire(
  settings: NotifySettings,
  table: readonly RequesterEntry[],
  aws: AwsClientConfig,
  limits: NotifyLimits,
): NotifyDeps & Pick<TimedLedger, 'timed'> {
  const log = createLogger('notify', settings.LOG_LEVEL);
  const linkSecret = createLinkSecretReader(settings.LINK_SECRET_ARN, aws, limits.secretTryMs);
  const ledger = withLoggedAudit(
    createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger }),
    log,
  );
  return {
    ledger,
    slack: wireSlack(settings, aws, log, limits),
    email: createEmailSender(
      { topicArn: settings.TOPIC_ARN, adminEmail: settings.ADMIN_EMAIL },
      aws,
      limits.email,
    ),
    subscriptions: createSubscriptionReader(settings.TOPIC_ARN, aws),
    linkKey: async () => (await linkSecret.read()).linkSigningKey,
    settings,
    requesters: {
      table,
      emailDomain: settings.REQUESTER_EMAIL_DOMAIN,
      federatedRoles: settings.FEDERATED_ROLES,
      teamId: settings.SLACK_TEAM_ID,
    },
    ...{ now: ledger.now, timed: ledger.timed },
    pause: (milliseconds) => pause(milliseconds),
    log,
    metrics: createMetrics('notify'),
  };
}

function wireSlack(
  settings: NotifySettings,
  aws: AwsClientConfig,
  log: NotifyDeps['log'],
  limits: NotifyLimits,
): SlackApi {
  const secret = createSlackSecretReader(settings.SLACK_SECRET_ARN, aws, limits.secretTryMs);
  return createSlackApi({
    token: {
      current: async () => (await secret.read()).botToken,
      refreshed: async () => (await secret.refresh()).botToken,
    },
    apiUrl: settings.SLACK_API_URL,
    timeoutMs: limits.slackMs,
    log,
  });
}

/** For the log: what a step is about, whatever its state looks like. */
function identify(input: NotifyPayload): { requestId?: string; executionArn?: string } {
  if (input.step === 'escalate' || input.step === 'still-in-force')
    return { executionArn: input.executionArn };
  if (input.step === 'summarise' || input.step === 'mail-waiting' || input.step === 'tell-sweep') return {};
  if (input.step === 'resume' || input.step === 'tell-unconfirmed') return input;
  const { state } = input;
  return {
    ...('change' in state && { requestId: state.change?.requestId }),
    ...('executionArn' in state && { executionArn: state.executionArn }),
  };
}

/** Records requests and tells people. It may not send task results: it is a task of the state machine itself. */
export const notifyFunction: FunctionDescription = {
  name: 'notify',
  about: 'Policy Guard: asks, reminds, announces and escalates in Slack and by e-mail',
  source: 'bot/functions/notify.ts',
  // Just under the 30 s of most of its tasks; its waits belong to the state machine.
  timeout: 25,
  memory: 512,
  concurrency: 100,
  routes: [],
  permissions: [
    {
      sid: 'KeepLedger',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
      resources: ['{table}'],
    },
    READ_HISTORY,
    {
      sid: 'ReadInformed',
      actions: ['dynamodb:Query'],
      resources: ['{table}'],
      items: ['informed#*'],
    },
    LIST_REQUESTS,
    {
      sid: 'ReadSecrets',
      actions: ['secretsmanager:GetSecretValue'],
      resources: ['{slackSecret}', '{linkSecret}'],
    },
    { sid: 'SendEmail', actions: ['sns:Publish', 'sns:GetTopicAttributes'], resources: ['{topic}'] },
    // Who gets the links in an e-mail, before there are any.
    { sid: 'ReadSubscriptions', actions: ['sns:ListSubscriptionsByTopic'], resources: ['{topic}'] },
    { sid: 'EncryptEmail', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['{topicKey}'] },
  ],
  create: createNotifyHandler,
};
