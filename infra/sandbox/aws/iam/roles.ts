import * as z from '../../../../workflow/runtime/zod.ts';
import { integer, operation, text } from '../front-door/parameters.ts';
import { percentEncode } from '../front-door/percent-encoding.ts';
import type { Service } from '../front-door/service.ts';
import { findRole, requireModifiable } from './find.ts';
import { newHolder, requireNoPolicies } from './holders.ts';
import { listOperation } from './list-operation.ts';
import * as parameters from './parameters.ts';
import { requireTrustPolicy } from './policy-document/trust-policy.ts';
import { requireTrustPolicySize } from './quotas.ts';
import type { IamState, Role } from './state.ts';

const existingRole = z.object({ RoleName: parameters.entityName('roleName', 128) });

/** Roles and their trust policies. */
export function roleOperations(state: IamState): Service {
  return {
    CreateRole: operation(createRoleInput, (input) => createFrom(state, input)),
    GetRole: operation(existingRole, ({ RoleName }) => {
      const role = findRole(state, RoleName);
      return { Role: { ...describeRole(role), Tags: tagsOf(role), RoleLastUsed: {} } };
    }),
    ListRoles: listOperation(state.roles, 'Roles', describeRole),
    UpdateAssumeRolePolicy: operation(
      z.extend(existingRole, { PolicyDocument: parameters.policyDocument }),
      ({ RoleName, PolicyDocument }) => {
        const role = findRole(state, RoleName);
        requireModifiable(role);
        requireTrust(PolicyDocument);
        role.trustPolicy = PolicyDocument;
        return {};
      },
    ),
    DeleteRole: operation(existingRole, ({ RoleName }) => deleteRole(state, findRole(state, RoleName))),
    // Tools look for them before they delete a role; the sandbox has none.
    ListInstanceProfilesForRole: operation(existingRole, ({ RoleName }) => {
      findRole(state, RoleName);
      return { IsTruncated: false, InstanceProfiles: [] };
    }),
  };
}

const createRoleInput = z.object({
  RoleName: parameters.entityName('roleName', 64),
  Path: parameters.path,
  AssumeRolePolicyDocument: parameters.policyDocument,
  Description: z.optional(
    text({
      max: 1000,
      pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
    }),
  ),
  MaxSessionDuration: z._default(integer(3600, 43_200), 3600),
  Tags: parameters.tags,
});

function createFrom(state: IamState, input: z.output<typeof createRoleInput>): object {
  requireTrust(input.AssumeRolePolicyDocument);
  const role = createRole(state, {
    name: input.RoleName,
    path: input.Path,
    trustPolicy: input.AssumeRolePolicyDocument,
    description: input.Description,
    maxSessionDuration: input.MaxSessionDuration,
    tags: input.Tags,
  });
  // CreateRole alone does not say how long a session may last.
  return { Role: { ...describeRole(role), MaxSessionDuration: undefined, Tags: tagsOf(role) } };
}

interface NewRole {
  name: string;
  trustPolicy: string;
  path?: string;
  description?: string;
  /** Seconds. */
  maxSessionDuration?: number;
  tags?: Role['tags'];
}

/** @throws AwsError `EntityAlreadyExists` */
export function createRole(state: IamState, role: NewRole): Role {
  const { name, trustPolicy, description, path, maxSessionDuration = 3600, tags = [] } = role;
  const created: Role = {
    ...newHolder(state, 'role', name, path),
    trustPolicy,
    description,
    maxSessionDuration,
    tags,
  };
  state.roles.set(name.toLowerCase(), created);
  return created;
}

function requireTrust(document: string): void {
  requireTrustPolicy(document);
  requireTrustPolicySize(document);
}

function deleteRole(state: IamState, role: Role): object {
  requireModifiable(role);
  requireNoPolicies(role);
  state.roles.delete(role.name.toLowerCase());
  return {};
}

function tagsOf({ tags }: Role): Role['tags'] | undefined {
  return tags.length > 0 ? tags : undefined;
}

/** A role as lists show it, with the trust policy URL-encoded. */
export function describeRole(role: Role): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: percentEncode(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}
