import { setTimeout as pause } from 'node:timers/promises';
import { createCloudTrailReader } from '../account/cloudtrail/cloud-trail-client.ts';
import { createIamReader } from '../account/iam/iam-client.ts';
import { readWholeAccount } from '../account/iam/whole-account.ts';
import { createSubscriptionReader } from '../account/sns/subscriptions.ts';
import { createTaskCallbacks } from '../decisions/sfn-callbacks.ts';
import { readExemptions } from '../events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import { withLoggedAudit } from '../ledger/audit-trail.ts';
import { createLedger } from '../ledger/ledger.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { createExecutions } from '../reconcile/sfn-executions.ts';
import { sweep } from '../reconcile/sweep/sweep.ts';
import type { SweepTools } from '../reconcile/sweep/tools.ts';
import type { ReconcileTools } from '../reconcile/tools.ts';
import { deliverEvents } from '../reconcile/undelivered.ts';
import { WAITS } from '../reconcile/waits.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { createLogger } from '../runtime/logger.ts';
import { type Environment, readFunctionSettings } from '../runtime/settings/settings.ts';
import * as z from '../runtime/zod.ts';
import { createMetrics } from '../steps/metrics.ts';
import { evaluate } from '../steps/review.ts';
import type { FunctionDescription } from './description.ts';
import {
  LIST_REQUESTS,
  LOOK_AT_ATTACHMENTS,
  READ_HISTORY,
  READ_IAM,
  READ_TOGETHER,
} from './shared-permissions.ts';

/** From the schedule; or messages of the dead-letter queue, which Lambda hands over. */
const payloadSchema = z.union([
  z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) }),
  z.object({ step: z.enum(['reconcile', 'sweep']) }),
]);

/** Nobody waits for it. Milliseconds. */
const LEDGER_TIMEOUTS = { callMs: 20_000, tryMs: 5_000, tries: 4 };

/**
 * Seconds, the most that Lambda gives: a sweep of 5,000 policies and 3,000 principals at the rate that IAM lets through.
 * What one run does not come to, the next does.
 */
const TIMEOUT = 900;

/**
 * The `reconcile` function: takes up what does not go on by itself. No task of the state machine, which it starts.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @throws SettingsError naming every bad key
 */
export function createReconcileHandler(environment: Environment, aws: AwsClientConfig) {
  const settings = readFunctionSettings(environment, 'reconcile');
  const log = createLogger('reconcile', settings.LOG_LEVEL);
  const metrics = createMetrics('reconcile');
  const ledger = createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: LEDGER_TIMEOUTS });
  const { now } = ledger;
  const tools: ReconcileTools = {
    ledger: withLoggedAudit(ledger, log),
    executions: createExecutions(settings.STATE_MACHINE_ARN, aws),
    callbacks: createTaskCallbacks(aws),
    cloudTrail: createCloudTrailReader(aws, { pause, now }),
    waits: WAITS,
    patienceMs: settings.CONFIRM_SECONDS * 1000,
    approvalsRequired: settings.APPROVALS_REQUIRED,
    containRoleArn: settings.CONTAIN_ROLE_ARN,
    subscriptions: createSubscriptionReader(settings.TOPIC_ARN, aws),
    adminEmail: settings.ADMIN_EMAIL,
    ...{ metrics, now, log },
  };
  const restricted = readRestrictedActions(environment);
  const sweepTools: SweepTools = {
    ...tools,
    readAccount: () => readWholeAccount(aws),
    iam: createIamReader(aws),
    evaluate: (document) => evaluate(document, { restricted, mode: settings.MODE }),
    exemptions: readExemptions(environment),
    attachments: settings.ATTACHMENTS,
    settleMs: settings.SWEEP_SETTLE_SECONDS * 1000,
    metrics,
  };
  return async (payload: unknown): Promise<unknown> => {
    const input = payloadSchema.parse(payload);
    await ledger.timed();
    if ('Records' in input) {
      const failed = await deliverEvents(tools, input.Records);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    }
    if (input.step === 'sweep') return sweep(sweepTools);
    const done = await reconcile(tools);
    log.info('Everything that did not go on was looked for.', { ...done });
    metrics.reconciled();
    return done;
  };
}

/** Starts executions and hands decisions on; in the ledger it gives requests to executions, and decides nothing. */
export const reconcileFunction: FunctionDescription = {
  name: 'reconcile',
  about: 'Policy Guard: takes up what does not go on by itself',
  source: 'workflow/functions/reconcile.ts',
  timeout: TIMEOUT,
  // The whole account twice, as it is and as it was known, with every document.
  memory: 1024,
  // The schedule's run, and messages of the dead-letter queue beside it.
  concurrency: 5,
  routes: [],
  permissions: [
    { sid: 'ReadRequests', actions: ['dynamodb:GetItem'], resources: ['{table}'] },
    ...READ_IAM,
    LOOK_AT_ATTACHMENTS,
    READ_HISTORY,
    // The inventory, and what the guard itself was about to do.
    {
      sid: 'ReadInventory',
      actions: ['dynamodb:Query'],
      resources: ['{table}'],
      items: ['inventory#*', 'intent#*'],
    },
    LIST_REQUESTS,
    READ_TOGETHER,
    { sid: 'GiveRequests', actions: ['dynamodb:UpdateItem'], resources: ['{table}'], items: ['request#*'] },
    {
      sid: 'KeepRestarts',
      actions: ['dynamodb:PutItem'],
      resources: ['{table}'],
      items: ['restart#*', 'sweep', 'request#*', 'audit#*', 'confirm#*', 'inventory#*'],
    },
    {
      sid: 'ForgetStarted',
      actions: ['dynamodb:DeleteItem'],
      resources: ['{table}'],
      items: ['restart#*', 'further#*', 'confirm#*', 'inventory#*'],
    },
    {
      sid: 'StartExecutions',
      actions: ['states:StartExecution', 'states:ListExecutions'],
      resources: ['{stateMachine}'],
    },
    { sid: 'LookAtExecutions', actions: ['states:DescribeExecution'], resources: ['{executions}'] },
    {
      sid: 'DeliverDecision',
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      resources: ['{stateMachine}'],
    },
    // CloudTrail knows no resource for this action.
    { sid: 'LookUpEvents', actions: ['cloudtrail:LookupEvents'], resources: ['*'] },
    { sid: 'ReadSubscriptions', actions: ['sns:ListSubscriptionsByTopic'], resources: ['{topic}'] },
    {
      sid: 'TakeUndelivered',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: ['{undelivered}'],
    },
  ],
  create: createReconcileHandler,
};
