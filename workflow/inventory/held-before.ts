import type { Change } from '../events/change.ts';
import type { Grant, InventoryEntry } from '../ledger/inventory.ts';
import { targetKey } from '../ledger/target-key.ts';
import { secondOf } from '../runtime/second-of.ts';
import { isSettled } from './stood-before.ts';

/**
 * Whether a user or group held the very grant that a change made, before that change and in the same place.
 *
 * @param entries what the inventory knows of its unique id, under each name that it had. What is known under the name of
 *   now is the newest; of several others none is, so that all have to show it
 * @param now its name
 * @param sha256 of the grant, as the inventory keeps it
 */
export function heldBefore(
  entries: readonly InventoryEntry[],
  now: string,
  change: Change,
  sha256: string,
): boolean {
  return shownBy(entries, now, change, (grant) => {
    // What came within the same second unannounced is not settled.
    const isEarlier = secondOf(grant.seenAt) <= secondOf(change.eventTime);
    return grant.sha256 === sha256 && isEarlier && isSettled(grant);
  });
}

/** The same, once a sweep may have seen what quarantine left there: what that replaced counts too. */
export function heldBeforeQuarantine(
  entries: readonly InventoryEntry[],
  now: string,
  change: Change,
  sha256: string,
): boolean {
  if (heldBefore(entries, now, change, sha256)) return true;
  return shownBy(entries, now, change, ({ before }) => before?.sha256 === sha256);
}

function shownBy(
  entries: readonly InventoryEntry[],
  now: string,
  { accountId, target }: Change,
  shows: (grant: Grant) => boolean,
): boolean {
  if (target.type === 'managed-policy') return false;
  const newest = entries.filter(({ name }) => name.toLowerCase() === now.toLowerCase());
  const all = newest.length > 0 ? newest : entries;
  return (
    all.length > 0 &&
    all.every(({ name, grants }) => {
      const grant = grants[targetKey(accountId, { ...target, entityName: name })];
      return grant !== undefined && shows(grant);
    })
  );
}
