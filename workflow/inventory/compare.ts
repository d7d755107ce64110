import type { Requester } from '../events/change.ts';
import type { Evaluation } from '../inspection/must-quarantine.ts';
import { pack } from '../inspection/packed-document.ts';
import { type Grant, type InventoryEntry, standsAlone } from '../ledger/inventory.ts';
import type { Seen, SeenGrant } from './seen.ts';
import { isSettled } from './stood-before.ts';

export interface Comparing {
  /** When the reading began. ISO 8601, UTC. */
  at: string;
  /** When the reading was over. ISO 8601, UTC. */
  shownAt: string;
  evaluate(document: string): Evaluation;
  /** Whether what this requester makes is left alone today; where that is not asked, whoever was exempt stays so. */
  isExempt?(requester: Requester): boolean;
  /** Whether a grant that is new belongs to the stock that the first run takes. */
  isStock(seen: Seen, grant: SeenGrant): boolean;
  /** Whether the ledger should know it, and does not; only a reading of everything shows that. */
  isForgotten?(seen: Seen, grant: SeenGrant): boolean;
  /** Since when a grant of the stock is in force, and by whose doing. */
  originOf?(seen: Seen, grant: SeenGrant): Pick<Grant, 'since' | 'older' | 'by'>;
}

/**
 * What is to be known of a principal or policy, by what one reading shows and what was known before. What has not
 * changed stays as it was, but for how it counts: the list, the mode or the exemptions may be others now.
 */
export function compare(seen: Seen, known: InventoryEntry | undefined, comparing: Comparing): InventoryEntry {
  // Whatever another one of the same name held says nothing of this one.
  const before = known?.id === seen.id ? known.grants : {};
  const { trust, madeAt: _madeAt, grants, ...rest } = seen;
  const now = grants.map((grant): [string, Grant] => {
    const was = before[grant.key];
    const is =
      was?.sha256 === grant.sha256 ? asItWas(grant, was, comparing) : anew(seen, grant, was, comparing);
    return [grant.key, is];
  });
  return withinItem({
    ...rest,
    ...(trust !== undefined && { trust: pack(trust) }),
    grants: Object.fromEntries(now),
    ...(known?.foundBy !== undefined && { foundBy: known.foundBy }),
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

/** A grant that nobody has changed. */
function asItWas({ target, document }: SeenGrant, before: Grant, comparing: Comparing): Grant {
  const { exempt, observed: _observed, shownAt = comparing.shownAt, ...rest } = before;
  const stays = exempt !== undefined && (comparing.isExempt?.(exempt) ?? true);
  const now = {
    ...{ ...rest, target, ...countsAs(document, comparing) },
    ...(target.type === 'attachment' && { shownAt }),
    ...(stays && { exempt }),
  };
  if (before.status === 'open' && !now.restricted) return { ...now, status: 'known' };
  const wasSettled = before.status === 'known' || (before.status === 'stock' && !before.restricted);
  return wasSettled && isHarder(before, now) ? { ...now, status: 'reported' } : now;
}

/** A grant that is new, or another one than before. */
function anew(seen: Seen, grant: SeenGrant, before: Grant | undefined, comparing: Comparing): Grant {
  const { target, sha256, since = comparing.at } = grant;
  const counts = countsAs(grant.document, comparing);
  const isStock = comparing.isStock(seen, grant);
  // What came unannounced and is taken out again was never what stood there.
  const replaced = before && (isSettled(before) ? before.document : before.before);
  return {
    ...{ target, sha256, since, seenAt: comparing.at, ...counts },
    ...(target.type === 'attachment' ? { shownAt: comparing.shownAt } : { document: pack(grant.document) }),
    ...(replaced && { before: replaced }),
    ...(isStock && counts.restricted && comparing.originOf?.(seen, grant)),
    status: isStock ? 'stock' : counts.restricted ? statusOf(seen, grant, comparing) : 'known',
  };
}

function countsAs(document: string, { evaluate }: Comparing): Pick<Grant, 'restricted' | 'observed'> {
  const evaluation = evaluate(document);
  return { restricted: evaluation !== 'harmless', ...(evaluation === 'observed' && { observed: true }) };
}

function statusOf(seen: Seen, grant: SeenGrant, { isForgotten }: Comparing): Grant['status'] {
  if (isOwnedByAws(seen)) return 'known';
  return isForgotten?.(seen, grant) ? 'reported' : 'open';
}

/** Nobody but AWS can change those. */
function isOwnedByAws({ arn }: Seen): boolean {
  return /:role\/aws-(?:reserved|service-role)\//.test(arn);
}

/** Whether it would be taken out, or reported, and would not have been before. */
function isHarder(before: Grant, now: Grant): boolean {
  const levelOf = ({ restricted, observed, exempt }: Grant) =>
    restricted ? (observed || exempt ? 1 : 2) : 0;
  return levelOf(now) > levelOf(before);
}

/** What is restricted now though nobody has changed it: the list is another one, or what it is judged by. */
export function restrictedNow(known: InventoryEntry | undefined, now: InventoryEntry): Grant[] {
  const before = known?.id === now.id ? known.grants : {};
  return Object.entries(now.grants)
    .filter(([, grant]) => grant.restricted && standsAlone(grant))
    .filter(([key, grant]) => isNewlyTold(grant, before[key]))
    .map(([, grant]) => grant);
}

function isNewlyTold(grant: Grant, before: Grant | undefined): boolean {
  if (grant.status === 'reported') return before?.status !== 'reported';
  // What the first run found stays what it found, and counts for more now.
  return grant.status === 'stock' && before?.sha256 === grant.sha256 && isHarder(before, grant);
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
