import * as z from '../../../../workflow/runtime/zod.ts';
import { oneOf, operation, text } from '../front-door/parameters.ts';
import type { Service } from '../front-door/service.ts';
import { alreadyExists, deleteConflict, noSuchEntity } from './errors.ts';
import { findOwnPolicy, findPolicy } from './find.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { requireIdentityPolicy } from './policy-document/identity-policy.ts';
import { requireManagedPolicySize } from './quotas.ts';
import { holdersOf, type IamState, type ManagedPolicy } from './state.ts';
import { uniqueId } from './unique-id.ts';

/** Customer managed policies, and those of AWS: create, get, list, delete. */
export function managedPolicyOperations(state: IamState): Service {
  return {
    CreatePolicy: operation(createPolicyInput, (input) => createPolicy(state, input)),
    GetPolicy: operation(z.object({ PolicyArn: parameters.policyArn }), ({ PolicyArn }) => ({
      Policy: describe(state, getPolicy(state, PolicyArn)),
    })),
    ListPolicies: operation(listPoliciesInput, (input) => listPolicies(state, input)),
    DeletePolicy: operation(z.object({ PolicyArn: parameters.policyArn }), ({ PolicyArn }) =>
      deletePolicy(state, PolicyArn),
    ),
    ListEntitiesForPolicy: operation(listEntitiesInput, (input) => listEntities(state, input)),
    ListPolicyTags: operation(
      z.object({ PolicyArn: parameters.policyArn, ...parameters.page }),
      ({ PolicyArn, ...page }) => {
        const { items, rest } = pageOf(findPolicy(state, PolicyArn).tags, page);
        return { Tags: items, ...rest };
      },
    ),
  };
}

const createPolicyInput = z.object({
  PolicyName: parameters.policyName,
  Path: parameters.policyPath,
  PolicyDocument: parameters.policyDocument,
  Description: z.optional(text({ max: 1000 })),
  Tags: parameters.tags,
});

function createPolicy(state: IamState, input: z.output<typeof createPolicyInput>): object {
  requireIdentityPolicy(input.PolicyDocument);
  requireManagedPolicySize(input.PolicyDocument);
  requireNewName(state, input.PolicyName);
  const now = state.now();
  const policy: ManagedPolicy = {
    name: input.PolicyName,
    id: uniqueId('ANPA'),
    arn: `arn:aws:iam::${state.accountId}:policy${input.Path}${input.PolicyName}`,
    path: input.Path,
    awsManaged: false,
    description: input.Description,
    tags: input.Tags,
    createdAt: now,
    updatedAt: now,
    versions: [{ number: 1, document: input.PolicyDocument, createdAt: now }],
    defaultVersion: 1,
    lastVersion: 1,
  };
  state.policies.set(policy.arn, policy);
  // CreatePolicy alone does not repeat the description.
  return { Policy: { ...summary(state, policy), Tags: policy.tags.length > 0 ? policy.tags : undefined } };
}

function requireNewName(state: IamState, name: string): void {
  const taken = [...state.policies.values()].some(
    (policy) => !policy.awsManaged && policy.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  }
}

/** GetPolicy has a sentence of its own for a policy that is not there. */
function getPolicy(state: IamState, arn: string): ManagedPolicy {
  if (state.policies.has(arn)) return findPolicy(state, arn);
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** The sandbox has no permissions boundaries: asked for them, it finds nothing. */
const PolicyUsageFilter = z._default(
  oneOf(['PermissionsPolicy', 'PermissionsBoundary']),
  'PermissionsPolicy',
);

const listPoliciesInput = z.object({
  Scope: z._default(oneOf(['All', 'AWS', 'Local']), 'All'),
  OnlyAttached: z._default(oneOf(['true', 'false']), 'false'),
  PathPrefix: parameters.pathPrefix,
  PolicyUsageFilter,
  ...parameters.page,
});

function listPolicies(state: IamState, input: z.output<typeof listPoliciesInput>): object {
  const wanted = [...state.policies.values()].filter(
    (policy) =>
      (input.Scope === 'All' || (input.Scope === 'AWS') === policy.awsManaged) &&
      policy.path.startsWith(input.PathPrefix) &&
      input.PolicyUsageFilter === 'PermissionsPolicy' &&
      (input.OnlyAttached === 'false' || holdersOf(state, policy.arn).length > 0),
  );
  const { items, rest } = pageOf(wanted, input);
  return { ...rest, Policies: items.map((policy) => summary(state, policy)) };
}

function deletePolicy(state: IamState, arn: string): object {
  const policy = findOwnPolicy(state, arn);
  if (holdersOf(state, arn).length > 0) {
    throw deleteConflict('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.length > 1) {
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  state.policies.delete(arn);
  return {};
}

const listEntitiesInput = z.object({
  PolicyArn: parameters.policyArn,
  EntityFilter: z.optional(oneOf(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'])),
  PathPrefix: parameters.pathPrefix,
  PolicyUsageFilter,
  ...parameters.page,
});

function listEntities(state: IamState, input: z.output<typeof listEntitiesInput>): object {
  const { arn } = findPolicy(state, input.PolicyArn);
  const kind = input.EntityFilter?.toLowerCase();
  const wanted = holdersOf(state, arn).filter(
    ({ type, path }) =>
      path.startsWith(input.PathPrefix) &&
      input.PolicyUsageFilter === 'PermissionsPolicy' &&
      (kind === undefined || kind === type),
  );
  const { items, rest } = pageOf(wanted, input);
  const ofType = (type: string) => items.filter((holder) => holder.type === type);
  return {
    ...rest,
    PolicyGroups: ofType('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyUsers: ofType('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
    PolicyRoles: ofType('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
  };
}

function describe(state: IamState, policy: ManagedPolicy): object {
  return { ...summary(state, policy), Description: policy.description, Tags: policy.tags };
}

/** A policy as lists show it. */
export function summary(state: IamState, policy: ManagedPolicy): object {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: holdersOf(state, policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}
