import { setTimeout as pause } from 'node:timers/promises';
import { createIamReader } from '../account/iam/iam-client.ts';
import { createLedgerLookups } from '../containment/ledger-lookups.ts';
import { readExemptions } from '../events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { createLogger } from '../runtime/logger.ts';
import { type Environment, readFunctionSettings } from '../runtime/settings/settings.ts';
import * as z from '../runtime/zod.ts';
import { type InspectRules, inspect } from '../steps/inspect.ts';
import { keepInventory } from '../steps/keep-inventory.ts';
import { keepNewName } from '../steps/keep-new-name.ts';
import { look } from '../steps/look.ts';
import { createMetrics } from '../steps/metrics.ts';
import { type FailedInspection, failedInspectionSchema, type Judgement } from '../steps/payloads.ts';
import { evaluate } from '../steps/review.ts';
import type { FunctionDescription } from './description.ts';
import { WORK_LIMITS } from './limits.ts';
import { LOOK_AT_ATTACHMENTS, LOOK_AT_VERSIONS, READ_IAM } from './shared-permissions.ts';

const executionArn = z.string();

const payloadSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('inspect'), event: z.unknown(), executionArn }),
  z.object({ step: z.literal('look'), state: failedInspectionSchema, executionArn }),
]);

/**
 * The `inspect` function: reads IAM and the ledger; writes nothing but the inventory, and that only as IAM shows it.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for the ledger, and for what helps only
 * @throws SettingsError naming every bad key
 */
export function createInspectHandler(environment: Environment, aws: AwsClientConfig, limits = WORK_LIMITS) {
  const settings = readFunctionSettings(environment, 'inspect');
  const log = createLogger('inspect', settings.LOG_LEVEL);
  const metrics = createMetrics('inspect');
  const ledger = createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger });
  const restricted = readRestrictedActions(environment);
  const tools = {
    iam: createIamReader(aws),
    lookups: createLedgerLookups(ledger, limits.lookupMs, log),
    limits: limits.help,
    evaluate: (document: string) => evaluate(document, { restricted, mode: settings.MODE }),
    pause,
    now: ledger.now,
    log,
  };
  const rules: InspectRules = {
    restricted,
    mode: settings.MODE,
    exemptions: readExemptions(environment),
    attachments: settings.ATTACHMENTS,
    notifyAllowed: settings.NOTIFY_ALLOWED !== 'off',
    containRoleArn: settings.CONTAIN_ROLE_ARN,
  };

  const accountId = settings.CONTAIN_ROLE_ARN.split(':')[4] ?? '';

  return async (payload: unknown): Promise<Judgement | FailedInspection> => {
    const input = payloadSchema.parse(payload);
    if (input.step === 'look') {
      log.info('Inspect has failed; looking at what is in force.', { executionArn: input.executionArn });
      return look(input.state, rules, tools);
    }
    const judgement = await inspect(input.event, rules, tools);
    const { verdict, reason, change } = judgement;
    log.info(`Judged as ${verdict}.`, { executionArn: input.executionArn, reason, ...about(change) });
    if (endsHere(verdict)) metrics.ended(verdict);
    const inventoryTools = { ...tools, ledger, accountId };
    await Promise.all([
      keepInventory(input.event, judgement, inventoryTools),
      // What another account has reported is no name here.
      verdict === 'foreign' ? undefined : keepNewName(input.event, inventoryTools),
    ]);
    return judgement;
  };
}

/** What is observed or exempt is reported yet: the function that does so counts it. */
function endsHere(verdict: Judgement['verdict']): verdict is 'allowed' | 'duplicate' | 'own-change' {
  return verdict === 'allowed' || verdict === 'duplicate' || verdict === 'own-change';
}

function about(change: Judgement['change']): Record<string, unknown> {
  if (change === undefined) return {};
  const { requestId, eventId, eventName, accountId, target } = change;
  return { requestId, eventId, eventName, accountId, target };
}

/** Reads IAM, and the ledger for earlier approvals. Writes only what it has seen in force. */
export const inspectFunction: FunctionDescription = {
  name: 'inspect',
  about: 'Policy Guard: judges a change against the restricted actions; reads IAM',
  source: 'workflow/functions/inspect.ts',
  // Just under the 60 s that the state machine gives the task, so that Lambda's own error comes first.
  timeout: 55,
  // The grant is in force while this runs, and a cold start counts.
  memory: 1024,
  concurrency: 100,
  routes: [],
  permissions: [
    ...READ_IAM,
    LOOK_AT_VERSIONS,
    LOOK_AT_ATTACHMENTS,
    { sid: 'ReadLedger', actions: ['dynamodb:GetItem'], resources: ['{table}'] },
    {
      sid: 'KeepInventory',
      actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resources: ['{table}'],
      items: ['inventory#*'],
    },
    {
      sid: 'KeepNames',
      actions: ['dynamodb:PutItem'],
      resources: ['{table}'],
      items: ['renamed#*'],
    },
    // What is or was under review, what was begun, and who is said to be called what, is found by what it is about; what a
    // user or group of another name held, by its unique id.
    {
      sid: 'FindReviewsAndIntents',
      actions: ['dynamodb:Query'],
      resources: ['{table}'],
      items: ['policy#*', 'document#*', 'intent#*', 'renamed#*', 'inventory#*'],
    },
  ],
  create: createInspectHandler,
};
