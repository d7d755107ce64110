import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { createIamReader } from '../account/iam/iam-client.ts';
import { createLedgerLookups, LEDGER_TIMEOUT_MS } from '../containment/ledger-lookups.ts';
import { readExemptions } from '../events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Environment } from '../runtime/settings/settings.ts';
import { readSettings } from '../runtime/settings/settings.ts';
import type { InspectRules } from '../steps/inspect.ts';
import { inspect } from '../steps/inspect.ts';
import { createMetrics } from '../steps/metrics.ts';
import type { Judgement } from '../steps/payloads.ts';
import { evaluate } from '../steps/review.ts';
import { INSPECT_SETTINGS } from './settings.ts';

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
 * @throws SettingsError naming every bad key
 */
export function createInspectHandler(environment: Environment, aws: AwsClientConfig) {
  const settings = readSettings(environment, INSPECT_SETTINGS);
  const log = createLogger('inspect', settings.LOG_LEVEL);
  const metrics = createMetrics('inspect');
  const ledger = createLedger({ tableName: settings.TABLE_NAME, aws });
  const restricted = readRestrictedActions(environment);
  const tools = {
    iam: createIamReader(aws),
    lookups: createLedgerLookups(ledger, LEDGER_TIMEOUT_MS, log),
    evaluate: (document: string) => evaluate(document, { restricted, mode: settings.MODE }),
    pause,
    now: () => new Date(),
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
