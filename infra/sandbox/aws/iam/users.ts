import * as z from '../../../../workflow/runtime/zod.ts';
import { operation } from '../front-door/parameters.ts';
import type { Caller, Service } from '../front-door/service.ts';
import { deleteConflict, noSuchEntity } from './errors.ts';
import { callingUser, findUser } from './find.ts';
import { newHolder, renameHolder, requireNoPolicies } from './holders.ts';
import { listOperation } from './list-operation.ts';
import * as parameters from './parameters.ts';
import { groupsOf, type IamState, type User } from './state.ts';

const existingName = parameters.entityName('userName', 128);

/** IAM users. */
export function userOperations(state: IamState): Service {
  return {
    CreateUser: operation(createUserInput, ({ UserName, Path, Tags }) => {
      const user = createUser(state, { name: UserName, path: Path, tags: Tags });
      return { User: { ...describeUser(user), Tags: Tags.length > 0 ? Tags : undefined } };
    }),
    GetUser: operation(z.object({ UserName: z.optional(existingName) }), ({ UserName }, caller) => ({
      User: UserName === undefined ? describeCaller(state, caller) : getUser(findUser(state, UserName)),
    })),
    // Nobody signs in to the console of the sandbox.
    GetLoginProfile: operation(z.object({ UserName: existingName }), ({ UserName }) => {
      const { name } = findUser(state, UserName);
      throw noSuchEntity(`Login Profile for User ${name} cannot be found.`);
    }),
    ListUsers: listOperation(state.users, 'Users', describeUser),
    UpdateUser: operation(updateUserInput, ({ UserName, NewUserName, NewPath }) =>
      renameHolder(state, findUser(state, UserName), { name: NewUserName, path: NewPath }),
    ),
    DeleteUser: operation(z.object({ UserName: existingName }), ({ UserName }) =>
      deleteUser(state, findUser(state, UserName)),
    ),
  };
}

const createUserInput = z.object({
  UserName: parameters.entityName('userName', 64),
  Path: parameters.path,
  Tags: parameters.tags,
});

const updateUserInput = z.object({
  UserName: existingName,
  NewUserName: z.optional(parameters.entityName('newUserName', 64)),
  NewPath: parameters.newPath,
});

/** @throws AwsError `EntityAlreadyExists` */
export function createUser(
  state: IamState,
  { name, path, tags = [] }: { name: string; path?: string; tags?: User['tags'] },
): User {
  const user: User = {
    ...newHolder(state, 'user', name, path),
    tags,
    accessKeys: [],
  };
  state.users.set(name.toLowerCase(), user);
  return user;
}

function deleteUser(state: IamState, user: User): object {
  requireNoPolicies(user);
  if (groupsOf(state, user).length > 0) {
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  }
  if (user.accessKeys.length > 0) {
    throw deleteConflict('Cannot delete entity, must delete access keys first.');
  }
  state.users.delete(user.name.toLowerCase());
  return {};
}

/** GetUser without a name. */
function describeCaller(state: IamState, caller: Caller): object {
  if (caller.userIdentity.type === 'Root') {
    return { UserId: caller.userId, Arn: caller.arn, CreateDate: state.now() };
  }
  return getUser(callingUser(state, caller));
}

function getUser(user: User): object {
  return { ...describeUser(user), Tags: user.tags.length > 0 ? user.tags : undefined };
}

/** A user as lists show it. */
export function describeUser({ name, id, arn, path, createdAt }: User): object {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: createdAt };
}
