import * as z from '../../../../workflow/runtime/zod.ts';
import { list, oneOf, operation } from '../front-door/parameters.ts';
import { percentEncode } from '../front-door/percent-encoding.ts';
import type { Service } from '../front-door/service.ts';
import { findPolicy } from './find.ts';
import { describeGroup } from './groups.ts';
import { summary } from './managed-policies.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { versionWithDocument } from './policy-versions.ts';
import { describeRole } from './roles.ts';
import {
  type Group,
  groupsOf,
  holdersOf,
  type IamState,
  type ManagedPolicy,
  type PolicyHolder,
  type Role,
  type User,
} from './state.ts';
import { describeUser } from './users.ts';

const KINDS = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;

const LISTS = {
  User: 'UserDetailList',
  Group: 'GroupDetailList',
  Role: 'RoleDetailList',
  LocalManagedPolicy: 'Policies',
  AWSManagedPolicy: 'Policies',
} as const;

interface Detail {
  kind: (typeof KINDS)[number];
  /** Read for the page that it is on, and no other. */
  read(): object;
}

const detailsInput = z.object({
  Filter: z._default(list(oneOf(KINDS), KINDS.length), []),
  ...parameters.page,
});

/** The whole account at once. */
export function accountOperations(state: IamState): Service {
  return {
    GetAccountAuthorizationDetails: operation(detailsInput, ({ Filter, ...page }) => {
      const wanted = everything(state).filter(({ kind }) => Filter.length === 0 || Filter.includes(kind));
      const { items, rest } = pageOf(wanted, page);
      const answer: Record<string, object[]> = {
        UserDetailList: [],
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
      };
      for (const { kind, read } of items) answer[LISTS[kind]]?.push(read());
      return { ...answer, ...rest };
    }),
  };
}

function everything(state: IamState): Detail[] {
  return [
    ...[...state.users.values()].map(
      (user): Detail => ({ kind: 'User', read: () => userDetail(state, user) }),
    ),
    ...[...state.groups.values()].map(
      (group): Detail => ({ kind: 'Group', read: () => groupDetail(state, group) }),
    ),
    ...[...state.roles.values()].map(
      (role): Detail => ({ kind: 'Role', read: () => roleDetail(state, role) }),
    ),
    ...reportedPolicies(state).map(
      (policy): Detail => ({
        kind: policy.awsManaged ? 'AWSManagedPolicy' : 'LocalManagedPolicy',
        read: () => policyDetail(state, policy),
      }),
    ),
  ];
}

/** Of AWS's own policies, only those in use are reported. */
export function reportedPolicies(state: IamState): ManagedPolicy[] {
  return [...state.policies.values()].filter(
    ({ awsManaged, arn }) => !awsManaged || holdersOf(state, arn).length > 0,
  );
}

function userDetail(state: IamState, user: User): object {
  return {
    ...describeUser(user),
    UserPolicyList: inlineDetails(user),
    GroupList: groupsOf(state, user).map(({ name }) => name),
    AttachedManagedPolicies: attachedDetails(state, user),
    Tags: user.tags,
  };
}

function groupDetail(state: IamState, group: Group): object {
  return {
    ...describeGroup(group),
    GroupPolicyList: inlineDetails(group),
    AttachedManagedPolicies: attachedDetails(state, group),
  };
}

function roleDetail(state: IamState, role: Role): object {
  return {
    ...describeRole(role),
    InstanceProfileList: [],
    RolePolicyList: inlineDetails(role),
    AttachedManagedPolicies: attachedDetails(state, role),
    Tags: role.tags,
    RoleLastUsed: {},
  };
}

function policyDetail(state: IamState, policy: ManagedPolicy): object {
  return {
    ...summary(state, policy),
    Description: policy.description,
    PolicyVersionList: policy.versions.toReversed().map((version) => versionWithDocument(policy, version)),
  };
}

function inlineDetails({ inline }: PolicyHolder): object[] {
  return [...inline].map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: percentEncode(document),
  }));
}

function attachedDetails(state: IamState, { attached }: PolicyHolder): object[] {
  return [...attached].map((arn) => ({ PolicyName: findPolicy(state, arn).name, PolicyArn: arn }));
}
