import {
  type AttachedPolicy,
  type GetAccountAuthorizationDetailsResponse,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import type { Entity } from '../../events/change.ts';
import type { AwsClientConfig } from '../../runtime/aws-client.ts';

/** A managed policy, with its version in force. Times are ISO 8601, UTC. */
export interface PolicyInForce {
  /** `ANPA…` */
  id: string;
  arn: string;
  versionId: string;
  /** When the policy was made. */
  madeAt: string;
  /** When that version was made. */
  createdAt: string;
  document: string;
}

/** A user, group or role with all that it holds. */
export interface HolderInForce {
  kind: Entity;
  id: string;
  name: string;
  arn: string;
  createdAt: string;
  /** A role's trust policy. */
  trust?: string;
  /** Names of the groups that a user is in. */
  groups: string[];
  inline: { policyName: string; document: string }[];
  /** ARNs of managed policies. */
  attached: string[];
}

/** Everything that is in force in the account at one time. AWS's own policies only where something holds them. */
export interface WholeAccount {
  policies: PolicyInForce[];
  holders: HolderInForce[];
}

/** The most that IAM gives at once. */
const PAGE_SIZE = 1_000;

/** Nobody waits for it, and pages are large. Milliseconds. */
const BOUNDS = { connectionTimeout: 2_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** IAM's rates are not published; the client slows down by what it is refused. */
const TRIES = 8;

/**
 * Reads the whole account, page by page, at the rate that IAM lets through.
 *
 * @throws what IAM throws: a part of the account is no account
 */
export async function readWholeAccount(aws: AwsClientConfig): Promise<WholeAccount> {
  const retryStrategy = new AdaptiveRetryStrategy(async () => TRIES);
  const client = new IAMClient({ retryStrategy, ...aws, requestHandler: BOUNDS });
  const account: WholeAccount = { policies: [], holders: [] };
  for await (const page of paginateGetAccountAuthorizationDetails({ client, pageSize: PAGE_SIZE }, {})) {
    account.policies.push(...(page.Policies ?? []).flatMap(policyOf));
    account.holders.push(...holdersOf(page));
  }
  return account;
}

/** @returns none where IAM shows no version in force */
export function policyOf({
  Arn = '',
  PolicyId = '',
  CreateDate,
  PolicyVersionList = [],
}: ManagedPolicyDetail): PolicyInForce[] {
  const version = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion);
  if (version === undefined) return [];
  return [
    {
      id: PolicyId,
      arn: Arn,
      madeAt: timeOf(CreateDate),
      versionId: version.VersionId ?? '',
      createdAt: timeOf(version.CreateDate),
      document: decodeURIComponent(version.Document ?? ''),
    },
  ];
}

/** The users, groups and roles of one page. */
export function holdersOf(page: GetAccountAuthorizationDetailsResponse): HolderInForce[] {
  const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [] } = page;
  return [...UserDetailList.map(userOf), ...GroupDetailList.map(groupOf), ...RoleDetailList.map(roleOf)];
}

function userOf(user: UserDetail): HolderInForce {
  const { UserId = '', UserName = '', GroupList = [], UserPolicyList } = user;
  return { ...common(user, UserPolicyList), kind: 'user', id: UserId, name: UserName, groups: GroupList };
}

function groupOf(group: GroupDetail): HolderInForce {
  const { GroupId = '', GroupName = '', GroupPolicyList } = group;
  return { ...common(group, GroupPolicyList), kind: 'group', id: GroupId, name: GroupName, groups: [] };
}

function roleOf(role: RoleDetail): HolderInForce {
  const { RoleId = '', RoleName = '', RolePolicyList, AssumeRolePolicyDocument: trust } = role;
  return {
    ...common(role, RolePolicyList),
    ...{ kind: 'role', id: RoleId, name: RoleName, groups: [] },
    ...(trust !== undefined && { trust: decodeURIComponent(trust) }),
  };
}

function common(
  {
    Arn = '',
    CreateDate,
    AttachedManagedPolicies = [],
  }: {
    Arn?: string | undefined;
    CreateDate?: Date | undefined;
    AttachedManagedPolicies?: AttachedPolicy[] | undefined;
  },
  policies: PolicyDetail[] = [],
) {
  return {
    arn: Arn,
    createdAt: timeOf(CreateDate),
    inline: policies.map(({ PolicyName = '', PolicyDocument = '' }) => ({
      policyName: PolicyName,
      document: decodeURIComponent(PolicyDocument),
    })),
    attached: AttachedManagedPolicies.map(({ PolicyArn = '' }) => PolicyArn),
  };
}

function timeOf(date: Date | undefined): string {
  return (date ?? new Date(0)).toISOString();
}
