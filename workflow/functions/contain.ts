import { setTimeout as pause } from 'node:timers/promises';
import { createIamWriter } from '../account/iam/iam-client.ts';
import { createLedgerLookups, LEDGER_TIMEOUT_MS } from '../containment/ledger-lookups.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import type { Log } from '../runtime/logger.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Environment } from '../runtime/settings/settings.ts';
import { readSettings } from '../runtime/settings/settings.ts';
import { discard } from '../steps/discard.ts';
import type { GuardMetrics } from '../steps/metrics.ts';
import { createMetrics } from '../steps/metrics.ts';
import type { Contained, Quarantined } from '../steps/payloads.ts';
import type { QuarantineRules } from '../steps/quarantine.ts';
import { NotVisibleYetError, quarantine } from '../steps/quarantine.ts';
import { restore } from '../steps/restore.ts';
import { evaluate } from '../steps/review.ts';
import type { ContainPayload } from './contain-payload.ts';
import { containPayloadSchema } from './contain-payload.ts';
import { CONTAIN_SETTINGS } from './settings.ts';

interface Contain {
  rules: QuarantineRules;
  tools: ContainmentTools;
  ledger: Ledger;
  metrics: GuardMetrics;
  log: Log;
}

/**
 * The `contain` function: quarantine, restore and discard. The only one that writes IAM.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @throws SettingsError naming every bad key
 */
export function createContainHandler(environment: Environment, aws: AwsClientConfig) {
  const contain = wire(environment, aws);
  return async (payload: unknown): Promise<Quarantined | Contained> => {
    const input = containPayloadSchema.parse(payload);
    return input.step === 'quarantine' ? runQuarantine(input, contain) : runDecided(input, contain);
  };
}

function wire(environment: Environment, aws: AwsClientConfig): Contain {
  const settings = readSettings(environment, CONTAIN_SETTINGS);
  const log = createLogger('contain', settings.LOG_LEVEL);
  const rules: QuarantineRules = {
    restricted: readRestrictedActions(environment),
    mode: settings.MODE,
    attachments: settings.ATTACHMENTS,
    containRoleArn: settings.CONTAIN_ROLE_ARN,
  };
  const ledger = createLedger({ tableName: settings.TABLE_NAME, aws });
  const tools: ContainmentTools = {
    iam: createIamWriter(aws),
    lookups: createLedgerLookups(ledger, LEDGER_TIMEOUT_MS, log),
    ledger,
    evaluate: (document) => evaluate(document, rules),
    pause,
    now: () => new Date(),
    log,
  };
  return { rules, tools, ledger, metrics: createMetrics('contain'), log };
}

async function runQuarantine(
  input: Extract<ContainPayload, { step: 'quarantine' }>,
  { rules, tools, metrics, log }: Contain,
): Promise<Quarantined> {
  try {
    const result = await quarantine(input, rules, tools);
    const { status, detail, change, quarantinedAt } = result;
    log.info(detail, { status, requestId: change.requestId, executionArn: input.executionArn });
    if (quarantinedAt !== undefined) {
      metrics.quarantined((Date.parse(quarantinedAt) - Date.parse(change.eventTime)) / 1000);
    }
    return result;
  } catch (error) {
    const { executionArn, retryCount } = input;
    if (error instanceof NotVisibleYetError) log.info(error.message, { executionArn, retryCount });
    else {
      log.error('This try to quarantine failed.', { error, executionArn, retryCount });
      metrics.quarantineFailed();
    }
    throw error;
  }
}

async function runDecided(
  { step, state, retryCount }: Exclude<ContainPayload, { step: 'quarantine' }>,
  { tools, ledger, log }: Contain,
): Promise<Contained> {
  const run = step === 'restore' ? restore : discard;
  const { requestId, executionArn } = state;
  try {
    const ending = await run(requestId, retryCount, ledger, tools);
    log.info(ending.detail, { step, outcome: ending.outcome, requestId, executionArn });
    return { ...state, ...ending };
  } catch (error) {
    log.error(`This try to ${step} failed.`, { error, requestId, executionArn, retryCount });
    throw error;
  }
}
