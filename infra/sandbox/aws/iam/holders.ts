import type { Entity } from '../../../../workflow/events/change.ts';
import { alreadyExists, deleteConflict } from './errors.ts';
import { capitalised } from './holder-operation.ts';
import type { Group, IamState, PolicyHolder, User } from './state.ts';
import { type IdPrefix, uniqueId } from './unique-id.ts';

const ID_PREFIX: Readonly<Record<Entity, IdPrefix>> = { user: 'AIDA', group: 'AGPA', role: 'AROA' };

const HOLDERS = { user: 'users', group: 'groups', role: 'roles' } as const;

function arnOf({ accountId }: IamState, type: Entity, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:${type}${path}${name}`;
}

/**
 * What a new user, group or role has in common: a unique id of its own, and no policies.
 * @throws AwsError `EntityAlreadyExists`
 */
export function newHolder<T extends Entity>(
  state: IamState,
  type: T,
  name: string,
  path = '/',
): PolicyHolder & { readonly type: T } {
  const others = state[HOLDERS[type]];
  if (others.has(name.toLowerCase())) {
    throw alreadyExists(`${capitalised(type)} with name ${name} already exists.`);
  }
  return {
    type,
    name,
    id: uniqueId(ID_PREFIX[type]),
    arn: arnOf(state, type, path, name),
    path,
    createdAt: state.now(),
    inline: new Map(),
    attached: new Set(),
  };
}

interface NewNames {
  name?: string | undefined;
  path?: string | undefined;
}

/**
 * UpdateUser, UpdateGroup: another name or path; the id, and whatever it holds, stay.
 * @throws AwsError `EntityAlreadyExists`
 */
export function renameHolder<T extends User | Group>(
  state: IamState,
  holder: T,
  { name = holder.name, path = holder.path }: NewNames,
): object {
  const others = state[HOLDERS[holder.type]] as Map<string, T>;
  const there = others.get(name.toLowerCase());
  if (there !== undefined && there !== holder) {
    throw alreadyExists(`${capitalised(holder.type)} with name ${name} already exists.`);
  }
  others.delete(holder.name.toLowerCase());
  others.set(name.toLowerCase(), holder);
  Object.assign(holder, { name, path, arn: arnOf(state, holder.type, path, name) });
  return {};
}

/** @throws AwsError `DeleteConflict` while it has policies */
export function requireNoPolicies({ attached, inline }: PolicyHolder): void {
  if (attached.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
}
