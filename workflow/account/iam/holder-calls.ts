import { GetRoleCommand, GetUserCommand, type IAMClient, paginateGetGroup } from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';
import { MOST_COMPARED } from './attached-to.ts';
import type { Holder, Member } from './iam.ts';

/** IAM has one call for each kind of entity; this is the only place that knows. */
export const holderCalls: Readonly<Record<Entity, (client: IAMClient, name: string) => Promise<Holder>>> = {
  user: async (client, UserName) => {
    const { User } = await client.send(new GetUserCommand({ UserName }));
    return { id: User?.UserId ?? '', arn: User?.Arn ?? '', createdAt: timeOf(User?.CreateDate) };
  },
  group: getGroup,
  role: async (client, RoleName) => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const trust = Role?.AssumeRolePolicyDocument;
    return {
      id: Role?.RoleId ?? '',
      arn: Role?.Arn ?? '',
      createdAt: timeOf(Role?.CreateDate),
      ...(trust !== undefined && { trust: decodeURIComponent(trust) }),
    };
  },
};

/** IAM tells it of each; what it did not tell of is as old as can be. */
const timeOf = (date: Date | undefined) => (date ?? new Date(0)).toISOString();

async function getGroup(client: IAMClient, GroupName: string): Promise<Holder> {
  const members: Member[] = [];
  let group = { id: '', arn: '', createdAt: timeOf(undefined) };
  for await (const { Group, Users = [] } of paginateGetGroup({ client }, { GroupName })) {
    if (Group !== undefined) {
      group = { id: Group.GroupId ?? '', arn: Group.Arn ?? '', createdAt: timeOf(Group.CreateDate) };
    }
    if (members.length > MOST_COMPARED) break;
    members.push(...Users.map(({ UserName, UserId = '' }) => ({ name: `user/${UserName}`, id: UserId })));
  }
  if (members.length > MOST_COMPARED) return group;
  return { ...group, members: members.toSorted((one, other) => one.name.localeCompare(other.name)) };
}
