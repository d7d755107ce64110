import type { Change } from '../events/change.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { attachmentHash } from './seen.ts';

/**
 * Whether a change has only written again what the first run had found, for the same user, group, role or policy, and
 * what nobody has changed since.
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
  // What the sweep itself asks about is asked about. What was done before the first run repeats nothing that it saw.
  if (grant?.status !== 'stock' || grant.endedAt !== undefined || foundAt !== undefined) return false;
  if (Date.parse(eventTime) <= Date.parse(grant.seenAt)) return false;
  if (principal === undefined || principal.id !== entry?.id) return false;
  const written =
    target.type === 'attachment' ? attachmentHash(target.policyArn, principal.policyId) : sha256(document);
  return written === grant.sha256;
}
