import type { Change } from '../events/change.ts';
import type { Grant, InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { grantHashOf } from './seen.ts';

/** What the first run found, or somebody exempt has made, as a sweep has seen: it is in force, and nobody is asked. */
export function isLetBe({ status, exempt }: Pick<Grant, 'status' | 'exempt'>): boolean {
  return status === 'stock' || (status === 'known' && exempt !== undefined);
}

/**
 * Whether a change has only written again what is let be, for the same user, group, role or policy, and what nobody has
 * changed since.
 *
 * @param document what the change put in force
 * @param principal whom it serves; missing when that could not be read, which then is nobody who was known
 */
export function isStock(
  { accountId, target, eventTime, foundAt }: Change,
  document: string,
  principal: Principal | undefined,
  entry: InventoryEntry | undefined,
): boolean {
  const grant = entry?.grants[targetKey(accountId, target)];
  // What the sweep itself asks about is asked about. What was done before a reading repeats nothing that it saw.
  if (grant === undefined || !isLetBe(grant)) return false;
  if (grant.endedAt !== undefined || foundAt !== undefined) return false;
  if (Date.parse(eventTime) <= Date.parse(grant.seenAt)) return false;
  if (principal === undefined || principal.id !== entry?.id) return false;
  return grantHashOf(target, document, principal) === grant.sha256;
}
