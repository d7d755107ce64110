import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { createIamReader } from '../account/iam/iam-client.ts';
import { createLedgerLookups } from '../containment/ledger-lookups.ts';
import { readExemptions } from '../events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Environment } from '../runtime/settings/settings.ts';
import { readFunctionSettings } from '../runtime/settings/settings.ts';
import type { InspectRules } from '../steps/inspect.ts';
import { inspect } from '../steps/inspect.ts';
import { createMetrics } from '../steps/metrics.ts';
import type { Judgement } from '../steps/payloads.ts';
import type { FunctionDescription } from './description.ts';
import { LEDGER_LIMITS } from './limits.ts';
import { READ_IAM } from './shared-permissions.ts';

const payloadSchema = z.object({
  step: z.literal('inspect'),
  event: z.unknown(),
  executionArn: z.string(),
});

/**
 * The `inspect` function: reads IAM and the ledger, writes nothing.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for the ledger
 * @throws SettingsError naming every bad key
 */
export function createInspectHandler(environment: Environment, aws: AwsClientConfig, limits = LEDGER_LIMITS) {
  const settings = readFunctionSettings(environment, 'inspect');
  const log = createLogger('inspect', settings.LOG_LEVEL);
  const metrics = createMetrics('inspect');
  const ledger = createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger });
  const tools = {
    iam: createIamReader(aws),
    lookups: createLedgerLookups(ledger, limits.lookupMs, log),
    pause,
    now: () => new Date(),
    log,
  };
  const rules: InspectRules = {
    restricted: readRestrictedActions(environment),
    mode: settings.MODE,
    exemptions: readExemptions(environment),
    attachments: settings.ATTACHMENTS,
    notifyAllowed: settings.NOTIFY_ALLOWED !== 'off',
    containRoleArn: settings.CONTAIN_ROLE_ARN,
  };

  return async (payload: unknown): Promise<Judgement> => {
    const { event, executionArn } = payloadSchema.parse(payload);
    const judgement = await inspect(event, rules, tools);
    const { verdict, reason, change } = judgement;
    log.info(`Judged as ${verdict}.`, { executionArn, reason, ...about(change) });
    if (endsHere(verdict)) metrics.ended(verdict);
    return judgement;
  };
}

/** What is observed or exempt is reported yet: the function that does so counts it. */
function endsHere(
  verdict: Judgement['verdict'],
): verdict is Exclude<Judgement['verdict'], 'restricted' | 'observed' | 'exempt'> {
  return verdict !== 'restricted' && verdict !== 'observed' && verdict !== 'exempt';
}

function about(change: Judgement['change']): Record<string, unknown> {
  if (change === undefined) return {};
  const { requestId, eventId, eventName, accountId, target } = change;
  return { requestId, eventId, eventName, accountId, target };
}

/** Reads IAM, and the ledger for earlier approvals. Writes nothing. */
export const inspectFunction: FunctionDescription = {
  name: 'inspect',
  about: 'Policy Guard: judges a change against the restricted actions; reads IAM',
  source: 'workflow/functions/inspect.ts',
  // Just under the 60 s that the state machine gives the task, so that Lambda's own error comes first.
  timeout: 55,
  // The grant is in force while this runs, and a cold start counts.
  memory: 1024,
  routes: [],
  permissions: [...READ_IAM, { sid: 'ReadLedger', actions: ['dynamodb:GetItem'], resources: ['{table}'] }],
  create: createInspectHandler,
};
