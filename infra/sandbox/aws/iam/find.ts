import type { Entity } from '../../../../workflow/events/change.ts';
import type { Caller } from '../front-door/service.ts';
import { accessDenied, invalidInput, noSuchEntity, unmodifiable, validationError } from './errors.ts';
import type { Group, IamState, ManagedPolicy, PolicyHolder, PolicyVersion, Role, User } from './state.ts';

/** @throws AwsError `NoSuchEntity` */
export function findUser(state: IamState, name: string): User {
  return found(state.users.get(name.toLowerCase()), 'user', name);
}

/**
 * The user whose key signed the request: what an operation means that names no user.
 * @throws AwsError `ValidationError` when somebody else than a user is calling
 */
export function callingUser(state: IamState, caller: Caller): User {
  const user = [...state.users.values()].find(({ arn }) => arn === caller.arn);
  if (user === undefined)
    throw validationError('Must specify userName when calling with non-User credentials');
  return user;
}

/** @throws AwsError `NoSuchEntity` */
export function findGroup(state: IamState, name: string): Group {
  return found(state.groups.get(name.toLowerCase()), 'group', name);
}

/** @throws AwsError `NoSuchEntity` */
export function findRole(state: IamState, name: string): Role {
  return found(state.roles.get(name.toLowerCase()), 'role', name);
}

/** @throws AwsError `NoSuchEntity` */
export function findHolder(state: IamState, type: Entity, name: string): PolicyHolder {
  const find = { user: findUser, group: findGroup, role: findRole }[type];
  return find(state, name);
}

/** Roles that AWS itself keeps, such as those of Identity Center, cannot be changed by anybody else. */
const PROTECTED_PATHS = ['/aws-reserved/', '/aws-service-role/'];

/** @throws AwsError `UnmodifiableEntity` for a role that only AWS may change */
export function requireModifiable({ type, name, path }: PolicyHolder): void {
  if (type !== 'role' || !PROTECTED_PATHS.some((protectedPath) => path.startsWith(protectedPath))) return;
  throw unmodifiable(
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
}

const POLICY_ARN = /^arn:aws:iam::(aws|\d{12}):policy\/.+$/;

/** @throws AwsError `InvalidInput` when the text is no policy ARN, `NoSuchEntity` */
export function findPolicy(state: IamState, arn: string): ManagedPolicy {
  if (!POLICY_ARN.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`);
  const policy = state.policies.get(arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/**
 * A policy that the account may change.
 * @throws AwsError `AccessDenied` for a policy of AWS or of another account, and those of findPolicy
 */
export function findOwnPolicy(state: IamState, arn: string): ManagedPolicy {
  const account = POLICY_ARN.exec(arn)?.[1];
  if (account !== undefined && account !== state.accountId) {
    throw accessDenied('Policy is outside your own account.');
  }
  return findPolicy(state, arn);
}

/** @throws AwsError `NoSuchEntity` */
export function findVersion(policy: ManagedPolicy, versionId: string): PolicyVersion {
  const version = policy.versions.find(({ number }) => `v${number}` === versionId);
  if (version === undefined) {
    throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
  }
  return version;
}

function found<T>(entity: T | undefined, kind: Entity, name: string): T {
  if (entity === undefined) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return entity;
}
