import type { EntityState, PolicyState } from '../../api/contract.ts';
import { type Draw, seeded } from '../../faults/draws.ts';
import type { Operation, Service } from '../front-door/service.ts';
import { accessKeyOperations } from './access-keys.ts';
import { accountOperations, reportedPolicies } from './account.ts';
import { aliasOperations } from './alias.ts';
import { attachmentOperations } from './attachments.ts';
import { readAwsManagedPolicies } from './aws-managed-policies.ts';
import { groupOperations } from './groups.ts';
import { inlinePolicyOperations } from './inline-policies.ts';
import { type Lag, lagging } from './lag.ts';
import { managedPolicyOperations } from './managed-policies.ts';
import { policyVersionOperations } from './policy-versions.ts';
import { roleOperations } from './roles.ts';
import { holdersOf, type IamState, type ManagedPolicy, policyHolders } from './state.ts';
import { createThrottle, type Throttle } from './throttle.ts';
import { userOperations } from './users.ts';

export interface IamBackend {
  readonly service: Service;
  readonly state: IamState;
  readonly lag: Lag;
  readonly throttle: Throttle;
  /** The account's own policies, and those of AWS that are attached to something. */
  listPolicies(): PolicyState[];
  /** Every user, group and role. */
  listEntities(): EntityState[];
}

interface IamOptions {
  accountId: string;
  now: () => Date;
  draw?: Draw;
  /** A clock that nobody sets, in milliseconds. */
  elapsedMs?: () => number;
}

/** IAM of one account, in memory: nothing but the policies of AWS at first. */
export function createIamBackend({
  accountId,
  now,
  draw = seeded(1),
  elapsedMs = Date.now,
}: IamOptions): IamBackend {
  const state: IamState = {
    accountId,
    alias: null,
    now: () => inWholeSeconds(now()),
    policies: readAwsManagedPolicies(),
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
  };
  const { lag, service } = lagging(state, { operationsOver, draw, elapsedMs });
  const throttle = createThrottle(elapsedMs);
  return {
    ...{ state, lag, throttle },
    service: throttled(service, throttle),
    listPolicies: () => reportedPolicies(state).map((policy) => policyState(state, policy)),
    listEntities: () => policyHolders(state).map(entityState),
  };
}

function operationsOver(state: IamState): Service {
  return {
    ...managedPolicyOperations(state),
    ...policyVersionOperations(state),
    ...inlinePolicyOperations(state),
    ...attachmentOperations(state),
    ...userOperations(state),
    ...groupOperations(state),
    ...roleOperations(state),
    ...accessKeyOperations(state),
    ...accountOperations(state),
    ...aliasOperations(state),
  };
}

function throttled(service: Service, throttle: Throttle): Service {
  const limited = Object.entries(service).map(([name, operation]): [string, Operation] => [
    name,
    (input, caller) => {
      throttle.take(name);
      return operation(input, caller);
    },
  ]);
  return Object.fromEntries(limited);
}

/** IAM keeps no fractions of a second. */
function inWholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

function policyState(state: IamState, policy: ManagedPolicy): PolicyState {
  return {
    arn: policy.arn,
    name: policy.name,
    defaultVersionId: `v${policy.defaultVersion}`,
    awsManaged: policy.awsManaged,
    attachedTo: holdersOf(state, policy.arn).map(({ type, name }) => `${type}/${name}`),
    versions: policy.versions.toReversed().map(({ number, document, createdAt }) => ({
      versionId: `v${number}`,
      isDefault: number === policy.defaultVersion,
      document,
      createdAt: createdAt.toISOString(),
    })),
  };
}

function entityState({
  type,
  name,
  arn,
  attached,
  inline,
}: ReturnType<typeof policyHolders>[number]): EntityState {
  return {
    type,
    name,
    arn,
    attachedPolicies: [...attached],
    inlinePolicies: [...inline].map(([policyName, document]) => ({ name: policyName, document })),
  };
}
