import { GetRoleCommand, GetUserCommand, type IAMClient, paginateGetGroup } from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';
import { MOST_COMPARED } from './attached-to.ts';
import type { Holder, Member } from './iam.ts';

/** IAM has one call for each kind of entity; this is the only place that knows. */
export const holderCalls: Readonly<Record<Entity, (client: IAMClient, name: string) => Promise<Holder>>> = {
  user: async (client, UserName) => {
    const { User } = await client.send(new GetUserCommand({ UserName }));
    return { id: User?.UserId ?? '', arn: User?.Arn ?? '' };
  },
  group: getGroup,
  role: async (client, RoleName) => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const trust = Role?.AssumeRolePolicyDocument;
    return {
      id: Role?.RoleId ?? '',
      arn: Role?.Arn ?? '',
      ...(trust !== undefined && { trust: decodeURIComponent(trust) }),
    };
  },
};

async function getGroup(client: IAMClient, GroupName: string): Promise<Holder> {
  const members: Member[] = [];
  let group = { id: '', arn: '' };
  for await (const { Group, Users = [] } of paginateGetGroup({ client }, { GroupName })) {
    group = { id: Group?.GroupId ?? group.id, arn: Group?.Arn ?? group.arn };
    if (members.length > MOST_COMPARED) break;
    members.push(...Users.map(({ UserName, UserId = '' }) => ({ name: `user/${UserName}`, id: UserId })));
  }
  if (members.length > MOST_COMPARED) return group;
  return { ...group, members: members.toSorted((one, other) => one.name.localeCompare(other.name)) };
}
