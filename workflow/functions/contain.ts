import { setTimeout as pause } from 'node:timers/promises';
import { createIamWriter } from '../account/iam/iam-client.ts';
import { createLedgerLookups } from '../containment/ledger-lookups.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import { readRestrictedActions } from '../inspection/restricted-actions/read-restricted-actions.ts';
import { decisionsOver } from '../ledger/decisions.ts';
import { intentsOver } from '../ledger/intents.ts';
import { inventoryOver } from '../ledger/inventory.ts';
import { createLedgerOf } from '../ledger/ledger.ts';
import { openRequestsOver } from '../ledger/open-requests.ts';
import { renamesOver } from '../ledger/renames.ts';
import { requestsOver } from '../ledger/requests.ts';
import { restartsOver } from '../ledger/restarts.ts';
import type { Store } from '../ledger/store.ts';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { createLogger, type Log } from '../runtime/logger.ts';
import { type Environment, readFunctionSettings } from '../runtime/settings/settings.ts';
import { NotVisibleYetError } from '../steps/contain-one.ts';
import { discard } from '../steps/discard.ts';
import { createMetrics, type GuardMetrics } from '../steps/metrics.ts';
import type { Contained, Quarantined } from '../steps/payloads.ts';
import { putBackApproved } from '../steps/put-back.ts';
import { type QuarantineRules, quarantine } from '../steps/quarantine.ts';
import { restore } from '../steps/restore.ts';
import { evaluate } from '../steps/review.ts';
import { type ContainPayload, containPayloadSchema } from './contain-payload.ts';
import type { FunctionDescription } from './description.ts';
import { WORK_LIMITS, type WorkLimits } from './limits.ts';
import {
  ACCOUNT_POLICIES,
  GROUPS,
  LOOK_AT_ATTACHMENTS,
  LOOK_AT_VERSIONS,
  READ_IAM,
  READ_TOGETHER,
  ROLES,
  USERS,
} from './shared-permissions.ts';

/** What containment reads of the ledger, and writes. */
const ledgerOfContain = (store: Store) => ({
  ...requestsOver(store),
  ...openRequestsOver(store),
  ...restartsOver(store),
  ...decisionsOver(store),
  ...intentsOver(store),
  ...renamesOver(store),
  ...inventoryOver(store),
});

interface Contain {
  rules: QuarantineRules;
  tools: ContainmentTools;
  ledger: ReturnType<typeof ledgerOfContain>;
  metrics: GuardMetrics;
  log: Log;
}

/**
 * The `contain` function: quarantine, restore and discard. The only one that writes IAM.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for the ledger, and for what helps only
 * @throws SettingsError naming every bad key
 */
export function createContainHandler(environment: Environment, aws: AwsClientConfig, limits = WORK_LIMITS) {
  const contain = wire(environment, aws, limits);
  return async (payload: unknown): Promise<Quarantined | Contained> => {
    const input = containPayloadSchema.parse(payload);
    switch (input.step) {
      case 'quarantine':
        return runQuarantine(input, contain);
      case 'put-back':
        return runPutBack(input, contain);
      default:
        return runDecided(input, contain);
    }
  };
}

function wire(environment: Environment, aws: AwsClientConfig, limits: WorkLimits): Contain {
  const settings = readFunctionSettings(environment, 'contain');
  const log = createLogger('contain', settings.LOG_LEVEL);
  const rules: QuarantineRules = {
    restricted: readRestrictedActions(environment),
    mode: settings.MODE,
    attachments: settings.ATTACHMENTS,
    containRoleArn: settings.CONTAIN_ROLE_ARN,
  };
  const options = { tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger };
  const ledger = createLedgerOf(options, ledgerOfContain);
  const tools: ContainmentTools = {
    iam: createIamWriter(aws),
    lookups: createLedgerLookups(ledger, limits.lookupMs, log),
    limits: limits.help,
    ledger,
    evaluate: (document) => evaluate(document, rules),
    pause,
    now: ledger.now,
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

/** What was quarantined: put back, or as it is, to be asked about. */
async function runPutBack(
  { state, retryCount }: Extract<ContainPayload, { step: 'put-back' }>,
  { rules, tools, ledger, log }: Contain,
): Promise<Quarantined> {
  const ending = await putBackApproved(state, retryCount, rules, ledger, tools);
  if (ending === undefined) return state;
  const { executionArn, change } = state;
  log.info(ending.detail, { step: 'put-back', requestId: change.requestId, executionArn });
  return { ...state, status: 'approved', detail: ending.detail };
}

async function runDecided(
  { step, state, retryCount }: Extract<ContainPayload, { step: 'restore' | 'discard' }>,
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

const WRITE_POLICIES = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:DeletePolicyVersion',
] as const;

const writeEntity = (entity: 'User' | 'Group' | 'Role') => [
  `iam:Put${entity}Policy`,
  `iam:Delete${entity}Policy`,
  `iam:Attach${entity}Policy`,
  `iam:Detach${entity}Policy`,
];

/** The only one that writes IAM. In the ledger it reads decisions and archives the versions that it has to delete. */
export const containFunction: FunctionDescription = {
  name: 'contain',
  about: 'Policy Guard: quarantines, restores and discards; the only function that writes IAM',
  source: 'workflow/functions/contain.ts',
  // As for inspect.
  timeout: 55,
  memory: 1024,
  concurrency: 100,
  routes: [],
  permissions: [
    ...READ_IAM,
    LOOK_AT_VERSIONS,
    // Whether the name of whoever made a change is old enough to prove anything.
    {
      sid: 'ReadRequesters',
      actions: ['iam:ListAccessKeys', 'iam:GetLoginProfile'],
      resources: [USERS],
    },
    { sid: 'ReadAccountName', actions: ['iam:ListAccountAliases'], resources: ['*'] },
    LOOK_AT_ATTACHMENTS,
    { sid: 'WritePolicies', actions: WRITE_POLICIES, resources: [ACCOUNT_POLICIES], bySelf: true },
    { sid: 'WriteUsers', actions: writeEntity('User'), resources: [USERS], bySelf: true },
    { sid: 'WriteGroups', actions: writeEntity('Group'), resources: [GROUPS], bySelf: true },
    { sid: 'WriteRoles', actions: writeEntity('Role'), resources: [ROLES], bySelf: true },
    // Whoever may write policies on any role could write themselves more rights, so the guard's own roles are out of
    // reach: a deny beats whatever else is allowed, now or later. Each by its name: on a path of theirs anybody could
    // make a role of which no grant could be taken.
    {
      sid: 'LeaveOwnRolesAlone',
      effect: 'Deny',
      actions: writeEntity('Role'),
      resources: ['{ownRoles}'],
    },
    { sid: 'ReadLedger', actions: ['dynamodb:GetItem'], resources: ['{table}'] },
    // What it has begun on a target, which requests were about that or about a policy's versions, former names, and what
    // a user or group of another name held.
    {
      sid: 'FindIntentsAndRequests',
      actions: ['dynamodb:Query'],
      resources: ['{table}'],
      items: ['intent#*', 'history#*', 'policy#*', 'renamed#*', 'inventory#*'],
    },
    READ_TOGETHER,
    // No items of requests: whoever restores grants cannot write the approval for it.
    {
      sid: 'KeepVersionsIntentsAndNames',
      actions: ['dynamodb:PutItem'],
      resources: ['{table}'],
      items: ['policy#*', 'intent#*', 'renamed#*'],
    },
  ],
  create: createContainHandler,
};
