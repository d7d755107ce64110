import type { Entity } from '../../../../workflow/events/change.ts';
import { alreadyExists, deleteConflict } from './errors.ts';
import { capitalised } from './holder-operation.ts';
import type { IamState, PolicyHolder } from './state.ts';
import { type IdPrefix, uniqueId } from './unique-id.ts';

const ID_PREFIX: Readonly<Record<Entity, IdPrefix>> = { user: 'AIDA', group: 'AGPA', role: 'AROA' };

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
  const others = { user: state.users, group: state.groups, role: state.roles }[type];
  if (others.has(name.toLowerCase())) {
    throw alreadyExists(`${capitalised(type)} with name ${name} already exists.`);
  }
  return {
    type,
    name,
    id: uniqueId(ID_PREFIX[type]),
    arn: `arn:aws:iam::${state.accountId}:${type}${path}${name}`,
    path,
    createdAt: state.now(),
    inline: new Map(),
    attached: new Set(),
  };
}

/** @throws AwsError `DeleteConflict` while it has policies */
export function requireNoPolicies({ attached, inline }: PolicyHolder): void {
  if (attached.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
}
