import { pack } from '../inspection/packed-document.ts';
import { type Grant, type InventoryEntry, standsAlone } from '../ledger/inventory.ts';
import type { Seen, SeenGrant } from './seen.ts';
import { isSettled } from './stood-before.ts';

export interface Comparing {
  /** When the reading began. ISO 8601, UTC. */
  at: string;
  /** Whether a document grants something restricted. */
  isRestricted(document: string): boolean;
  /** Whether a grant that is new belongs to the stock that the first run takes. */
  isStock(seen: Seen, grant: SeenGrant): boolean;
}

/**
 * What is to be known of a principal or policy, by what one reading shows and what was known before. What has not
 * changed stays as it was, but for whether it counts as restricted: the list may be another one now.
 */
export function compare(seen: Seen, known: InventoryEntry | undefined, comparing: Comparing): InventoryEntry {
  // Whatever another one of the same name held says nothing of this one.
  const before = known?.id === seen.id ? known.grants : {};
  const { trust, grants, ...rest } = seen;
  const now = grants.map((grant): [string, Grant] => [
    grant.key,
    compareGrant(seen, grant, before[grant.key], comparing),
  ]);
  return withinItem({
    ...rest,
    ...(trust !== undefined && { trust: pack(trust) }),
    grants: Object.fromEntries(now),
    ...(known?.revision !== undefined && { revision: known.revision }),
  });
}

/** The same by a reading of one place alone: what else is known of who holds it stays. @param key of `targetKey` */
export function compareOne(
  seen: Seen,
  key: string,
  known: InventoryEntry | undefined,
  comparing: Comparing,
): InventoryEntry {
  const entry = compare(seen, known, comparing);
  if (known?.id !== seen.id) return entry;
  const { [key]: _before, ...others } = known.grants;
  return withinItem({ ...known, ...entry, grants: { ...others, ...entry.grants } });
}

function compareGrant(
  seen: Seen,
  grant: SeenGrant,
  before: Grant | undefined,
  { at, isRestricted, isStock }: Comparing,
): Grant {
  const { target, sha256, since = at } = grant;
  const restricted = isRestricted(grant.document);
  if (before?.sha256 === sha256) {
    const status = before.status === 'open' && !restricted ? 'known' : before.status;
    return { ...before, target, restricted, status };
  }
  // What came unannounced and is taken out again was never what stood there.
  const replaced = before && (isSettled(before) ? before.document : before.before);
  return {
    ...{ target, sha256, since, seenAt: at, restricted },
    ...(target.type !== 'attachment' && { document: pack(grant.document) }),
    ...(replaced && { before: replaced }),
    status: isStock(seen, grant) ? 'stock' : restricted && !isOwnedByAws(seen) ? 'open' : 'known',
  };
}

/** Nobody but AWS can change those. */
function isOwnedByAws({ arn }: Seen): boolean {
  return /:role\/aws-(?:reserved|service-role)\//.test(arn);
}

/** What was known and is restricted now though nobody has changed it: the list is another one, or what it is judged by. */
export function restrictedNow(known: InventoryEntry | undefined, now: InventoryEntry): Grant[] {
  if (known?.id !== now.id) return [];
  return Object.entries(now.grants)
    .filter(([key, grant]) => grant.restricted && grant.sha256 === known.grants[key]?.sha256)
    .filter(([key]) => known.grants[key]?.restricted === false)
    .filter(([, grant]) => standsAlone(grant))
    .map(([, grant]) => grant);
}

/** DynamoDB takes 400 KB: quotas count no white space, so a role may hold many padded documents. Characters. */
const LARGEST = 300_000;

/** Leaves out the largest documents where all of them are more than an item holds; their hashes stay. */
function withinItem(entry: InventoryEntry): InventoryEntry {
  const grants = { ...entry.grants };
  const size = ({ document, before }: Grant) => (document?.gzip.length ?? 0) + (before?.gzip.length ?? 0);
  let total = Object.values(grants).reduce((sum, grant) => sum + size(grant), 0);
  const largestFirst = Object.entries(grants).toSorted(([, one], [, other]) => size(other) - size(one));
  for (const [key, grant] of largestFirst) {
    if (total <= LARGEST) break;
    total -= size(grant);
    const { document: _document, before: _before, ...small } = grant;
    grants[key] = small;
  }
  return { ...entry, grants };
}
