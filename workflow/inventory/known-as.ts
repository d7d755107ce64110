import type { Grant, InventoryEntry } from '../ledger/inventory.ts';
import { targetKey } from '../ledger/target-key.ts';
import type { Seen } from './seen.ts';

interface Known {
  /** What is known under the name that it has now. */
  here: InventoryEntry | undefined;
  /** What is known of the same unique id under another name. */
  formerly: InventoryEntry | undefined;
}

/**
 * What is known of a principal or policy as it is seen. Users and groups keep their unique id when they are given another
 * name (UpdateUser, UpdateGroup), and what they hold goes with them: what was known of it still is, and what an execution
 * was started for under the old name has to be looked at anew.
 */
export function knownAs(
  seen: Pick<Seen, 'id' | 'name'>,
  { here, formerly }: Known,
  accountId: string,
): InventoryEntry | undefined {
  if (formerly === undefined) return here;
  const moved = Object.values(formerly.grants).map((grant): [string, Grant] => {
    const target =
      grant.target.type === 'managed-policy' ? grant.target : { ...grant.target, entityName: seen.name };
    return [targetKey(accountId, target), { ...unstarted(grant), target }];
  });
  const { revision: _revision, ...rest } = formerly;
  return {
    ...rest,
    grants: { ...Object.fromEntries(moved), ...(here?.id === seen.id && here.grants) },
    ...(here?.revision !== undefined && { revision: here.revision }),
  };
}

function unstarted(grant: Grant): Grant {
  if (grant.status !== 'found') return grant;
  const { foundAt: _foundAt, ...rest } = grant;
  return { ...rest, status: 'open' };
}
