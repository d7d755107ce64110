import { createTaskCallbacks } from '../../workflow/decisions/sfn-callbacks.ts';
import { readExemptions } from '../../workflow/events/exemptions/read-exemptions.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import {
  DECIDE_REQUESTS,
  LIST_REQUESTS,
  READ_HISTORY,
  READ_TOGETHER,
} from '../../workflow/functions/shared-permissions.ts';
import { readRestrictedActions } from '../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { type AuditEntry, withLoggedAudit } from '../../workflow/ledger/audit-trail.ts';
import { createLedger, type Ledger } from '../../workflow/ledger/ledger.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { bestEffort } from '../../workflow/runtime/best-effort.ts';
import { createLogger, type Log } from '../../workflow/runtime/logger.ts';
import { createSlackSecretReader } from '../../workflow/runtime/secrets/slack-secret.ts';
import { type Environment, readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import { createMetrics } from '../../workflow/steps/metrics.ts';
import { createBackground } from '../app/background/background.ts';
import { isSealedJob } from '../app/background/job.ts';
import { createSelf } from '../app/background/self.ts';
import type { BotDeps } from '../app/deps.ts';
import { createDispatch } from '../app/dispatch.ts';
import { SLACK_LIMITS } from '../app/limits.ts';
import { examine } from '../doctor/examine.ts';
import { createSlackApi } from '../media/slack/api/web-client-api.ts';
import { admit, type HttpResponse } from '../media/slack/requests/front-guard.ts';
import { secretValue } from '../media/slack/secret-values.ts';
import { strangersTo } from '../notices/delivery/refuse-stranger.ts';
import { PATH, publicAddress } from '../pages/install/paths.ts';

/**
 * The `slack` function: clicks, commands, modals and App Home.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for others
 * @returns an HTTP API handler, payload format 2.0; with two arguments, as Node 24 on Lambda wants it
 * @throws SettingsError naming every bad key
 */
export function createSlackHandler(environment: Environment, aws: AwsClientConfig, limits = SLACK_LIMITS) {
  const settings = readFunctionSettings(environment, 'slack');
  const log = createLogger('slack', settings.LOG_LEVEL);
  const secret = createSlackSecretReader(settings.SLACK_SECRET_ARN, aws, limits.secretTryMs);
  const token = secretValue(secret, 'botToken', log);
  const signingSecret = secretValue(secret, 'signingSecret', log);
  const slack = createSlackApi({
    token,
    apiUrl: settings.SLACK_API_URL,
    timeoutMs: limits.slackMs,
    log,
  });
  const ledger = withLoggedAudit(
    createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger }),
    log,
  );
  const installation = {
    slack,
    aws,
    ledger,
    channel: settings.SLACK_CHANNEL,
    teamId: settings.SLACK_TEAM_ID,
    approvers: settings.APPROVERS,
    approvalsRequired: settings.APPROVALS_REQUIRED,
    installUrl: publicAddress(settings.PUBLIC_URL, PATH.install),
    tableName: settings.TABLE_NAME,
    topicArn: settings.TOPIC_ARN,
    ruleName: settings.EVENT_RULE_NAME,
    adminEmail: settings.ADMIN_EMAIL,
  };
  const restricted = readRestrictedActions(environment);
  const deps: BotDeps = {
    ledger,
    callbacks: createTaskCallbacks(aws, limits.callbacks),
    slack,
    restricted,
    exemptions: readExemptions(environment),
    settings,
    examine: (askedBy) =>
      examine({ ...installation, restricted, askedBy, now: () => new Date() }, limits.checkMs),
    inBackground: (job) => background.start(job),
    limits,
    now: ledger.now,
    log,
  };
  const background = createBackground({
    deps: () => deps,
    secret: signingSecret,
    self: createSelf(aws, limits.background),
  });
  const dispatch = createDispatch(deps);
  const guard = {
    signingSecret,
    teamId: settings.SLACK_TEAM_ID,
    now: () => Date.now(),
    audit: auditOrLog(ledger, log),
    refuseStranger: strangersTo(log, createMetrics('slack')),
  };

  return async (event: unknown, context: unknown): Promise<HttpResponse | undefined> => {
    background.runsAs(context);
    if (isSealedJob(event)) return void (await background.run(event, context));
    const admission = await admit(event, guard);
    return 'response' in admission ? admission.response : dispatch(admission.admitted);
  };
}

/** A refusal stands whether or not the ledger can be written; the log keeps what the ledger could not. */
function auditOrLog(ledger: Ledger, log: Log) {
  return async (entry: AuditEntry): Promise<void> => {
    log.warn(`Refused: ${entry.detail}`, { ...entry });
    await bestEffort(log.error, 'A refused request could not be audited', { ...entry }, () =>
      ledger.audit(entry),
    );
  };
}

/** Decides for whoever clicked and may; shows requests; `doctor` looks at the parts and changes none. */
export const slackFunction: FunctionDescription = {
  name: 'slack',
  about: 'Policy Guard: clicks, commands and modals from Slack',
  source: 'bot/functions/slack.ts',
  // Slack waits 3 s; what was clicked is still carried through when it took longer. A group in the background takes
  // its time: some hundred requests a run, which hands on what is left.
  timeout: 60,
  // Cold starts count against Slack's 3 s.
  memory: 1024,
  concurrency: 20,
  routes: [{ path: '/slack/events', methods: ['POST'] }],
  permissions: [
    ...DECIDE_REQUESTS,
    READ_HISTORY,
    // The audit trail of a request, for its story.
    { sid: 'ReadStory', actions: ['dynamodb:Query'], resources: ['{table}'], items: ['request#*'] },
    // What an approver puts to the channel; the sweep does the rest.
    {
      sid: 'AskAboutGrants',
      actions: ['dynamodb:UpdateItem'],
      resources: ['{table}'],
      items: ['inventory#*'],
    },
    // Itself alone: whatever is decided in the background is decided by the same rules.
    { sid: 'DecideInBackground', actions: ['lambda:InvokeFunction'], resources: ['{self}'] },
    LIST_REQUESTS,
    READ_TOGETHER,
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: ['{slackSecret}'] },
    { sid: 'ExamineTable', actions: ['dynamodb:DescribeTable'], resources: ['{table}'] },
    { sid: 'ExamineSubscription', actions: ['sns:ListSubscriptionsByTopic'], resources: ['{topic}'] },
    { sid: 'ExamineRule', actions: ['events:DescribeRule'], resources: ['{rule}'] },
  ],
  create: createSlackHandler,
};
