import * as z from '../../../../workflow/runtime/zod.ts';
import { operation } from '../front-door/parameters.ts';
import type { Service } from '../front-door/service.ts';
import { deleteConflict } from './errors.ts';
import { findGroup, findUser } from './find.ts';
import { newHolder, renameHolder, requireNoPolicies } from './holders.ts';
import { listOperation } from './list-operation.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { type Group, groupsOf, type IamState } from './state.ts';
import { describeUser } from './users.ts';

const GroupName = parameters.entityName('groupName', 128);
const memberInput = z.object({ GroupName, UserName: parameters.entityName('userName', 128) });

const updateInput = z.object({
  GroupName,
  NewGroupName: z.optional(parameters.entityName('newGroupName', 128)),
  NewPath: parameters.newPath,
});

/** Groups and who is in them. */
export function groupOperations(state: IamState): Service {
  return {
    CreateGroup: operation(z.object({ GroupName, Path: parameters.path }), (input) => ({
      Group: describeGroup(createGroup(state, { name: input.GroupName, path: input.Path })),
    })),
    GetGroup: operation(z.object({ GroupName, ...parameters.page }), (input) => {
      const group = findGroup(state, input.GroupName);
      const { items, rest } = pageOf([...group.members], input);
      return { Group: describeGroup(group), ...rest, Users: items.map(describeUser) };
    }),
    ListGroups: listOperation(state.groups, 'Groups', describeGroup),
    UpdateGroup: operation(updateInput, ({ GroupName, NewGroupName, NewPath }) =>
      renameHolder(state, findGroup(state, GroupName), { name: NewGroupName, path: NewPath }),
    ),
    DeleteGroup: operation(z.object({ GroupName }), (input) =>
      deleteGroup(state, findGroup(state, input.GroupName)),
    ),
    AddUserToGroup: operation(memberInput, (input) => {
      findGroup(state, input.GroupName).members.add(findUser(state, input.UserName));
      return {};
    }),
    RemoveUserFromGroup: operation(memberInput, (input) => {
      findGroup(state, input.GroupName).members.delete(findUser(state, input.UserName));
      return {};
    }),
    ListGroupsForUser: operation(
      z.object({ UserName: parameters.entityName('userName', 128), ...parameters.page }),
      ({ UserName, ...page }) => {
        const { items, rest } = pageOf(groupsOf(state, findUser(state, UserName)), page);
        return { ...rest, Groups: items.map(describeGroup) };
      },
    ),
  };
}

/** @throws AwsError `EntityAlreadyExists` */
export function createGroup(state: IamState, { name, path }: { name: string; path?: string }): Group {
  const group: Group = {
    ...newHolder(state, 'group', name, path),
    members: new Set(),
  };
  state.groups.set(name.toLowerCase(), group);
  return group;
}

function deleteGroup(state: IamState, group: Group): object {
  if (group.members.size > 0) {
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  }
  requireNoPolicies(group);
  state.groups.delete(group.name.toLowerCase());
  return {};
}

/** A group as lists show it. */
export function describeGroup({ name, id, arn, path, createdAt }: Group): object {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: createdAt };
}
