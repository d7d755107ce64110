import {
  type EntityType,
  type GetAccountAuthorizationDetailsResponse,
  type IAMClient,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';
import type { DefaultVersion, InlinePolicy } from '../../events/padded-change.ts';

interface Holder {
  name: string | undefined;
  policies: PolicyDetail[] | undefined;
}

/** The most that IAM gives at once: a step has 60 s for a whole account. */
const PAGE_SIZE = 1_000;

/** IAM has one list for each kind of entity; this is the only place that knows. */
const HOLDERS: Readonly<
  Record<Entity, { filter: EntityType; of(page: GetAccountAuthorizationDetailsResponse): Holder[] }>
> = {
  user: {
    filter: 'User',
    of: ({ UserDetailList = [] }) =>
      UserDetailList.map(({ UserName, UserPolicyList }) => ({ name: UserName, policies: UserPolicyList })),
  },
  group: {
    filter: 'Group',
    of: ({ GroupDetailList = [] }) =>
      GroupDetailList.map(({ GroupName, GroupPolicyList }) => ({
        name: GroupName,
        policies: GroupPolicyList,
      })),
  },
  role: {
    filter: 'Role',
    of: ({ RoleDetailList = [] }) =>
      RoleDetailList.map(({ RoleName, RolePolicyList }) => ({ name: RoleName, policies: RolePolicyList })),
  },
};

/** Every inline policy of the account's users, groups or roles. */
export async function listInlinePolicies(client: IAMClient, entity: Entity): Promise<InlinePolicy[]> {
  const { filter, of } = HOLDERS[entity];
  const found: InlinePolicy[] = [];
  for await (const page of pages(client, filter)) {
    for (const { name = '', policies = [] } of of(page)) {
      for (const { PolicyName = '', PolicyDocument = '' } of policies) {
        const document = decodeURIComponent(PolicyDocument);
        found.push({ entityName: name, policyName: PolicyName, document });
      }
    }
  }
  return found;
}

/** The version in force of every customer managed policy. */
export async function listDefaultVersions(client: IAMClient): Promise<DefaultVersion[]> {
  const found: DefaultVersion[] = [];
  for await (const { Policies = [] } of pages(client, 'LocalManagedPolicy')) {
    for (const { Arn = '', PolicyVersionList = [] } of Policies) {
      const version = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion);
      if (version === undefined) continue;
      found.push({
        policyArn: Arn,
        versionId: version.VersionId ?? '',
        createdAt: (version.CreateDate ?? new Date(0)).toISOString(),
        document: decodeURIComponent(version.Document ?? ''),
      });
    }
  }
  return found;
}

function pages(client: IAMClient, filter: EntityType) {
  return paginateGetAccountAuthorizationDetails({ client, pageSize: PAGE_SIZE }, { Filter: [filter] });
}
