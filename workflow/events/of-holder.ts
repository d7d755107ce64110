import type { Change, Target } from './change.ts';
import { requestIdOf } from './request-id.ts';

/**
 * The same change, as one of this very user or group, whatever name its event tells.
 *
 * @param holder its unique id, and its name of now
 */
export function changeOf(change: Change, { id, name }: { id: string; name: string }): Change {
  const { target } = change;
  if (target.type === 'managed-policy') return change;
  const named = change.holder?.named ?? target.entityName;
  return {
    ...change,
    target: { ...target, entityName: name },
    holder: { id, ...(named.toLowerCase() !== name.toLowerCase() && { named }) },
  };
}

/** The same, where it may have been made of others too: with a request of its own, which is the same under each name. */
export function changeOfAnother(change: Change, holder: { id: string; name: string }): Change {
  const { accountId, eventId, requestId } = change;
  return {
    ...changeOf(change, holder),
    requestId: requestIdOf(accountId, eventId, JSON.stringify([requestId, holder.id])),
  };
}

/** The target as the event names it. */
export function targetInEvent({ target, holder }: Pick<Change, 'target' | 'holder'>): Target {
  if (target.type === 'managed-policy' || holder?.named === undefined) return target;
  return { ...target, entityName: holder.named };
}
