import type { Change } from '../events/change.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { grantHashOf } from './seen.ts';
import { isSettled } from './stood-before.ts';

/**
 * Whether the inventory has seen exactly what was taken out stand there before, for the very same user, group, role or
 * policy, and knew of no change of it: so nobody need have made it just now, whatever an event says and whenever it says
 * that it was.
 *
 * @param document what was taken out of force
 * @param principal whom it served
 */
export function stoodAllAlong(
  { accountId, target }: Pick<Change, 'accountId' | 'target'>,
  document: string,
  principal: Pick<Principal, 'id' | 'policyId'> | undefined,
  entry: InventoryEntry | undefined,
): boolean {
  const grant = entry?.grants[targetKey(accountId, target)];
  if (grant === undefined || principal === undefined || principal.id !== entry?.id) return false;
  const taken = grantHashOf(target, document, principal);
  const stands = grant.sha256 === taken && isSettled(grant) && grant.endedAt === undefined;
  // A sweep may have seen what quarantine left there; only what was settled is kept as what that replaced.
  return stands || grant.before?.sha256 === taken;
}
