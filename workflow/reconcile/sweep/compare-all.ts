import { findExemption } from '../../events/exemptions/find-exemption.ts';
import type { Evaluation } from '../../inspection/must-quarantine.ts';
import { type Comparing, compare } from '../../inventory/compare.ts';
import { knownAs } from '../../inventory/known-as.ts';
import { type Seen, seenIn } from '../../inventory/seen.ts';
import { INVENTORY_KINDS, type InventoryEntry, type SweepState } from '../../ledger/inventory.ts';
import { readOrigins } from './origins.ts';
import { type StockTaken, stockOf } from './stock.ts';
import { accountIdOf, type SweepTools } from './tools.ts';

/** A principal or policy: as it is seen, as it was known, and as it is to be known. */
export interface Compared {
  seen: Seen;
  known: InventoryEntry | undefined;
  entry: InventoryEntry;
}

export const keyOf = ({ kind, name }: Pick<InventoryEntry, 'kind' | 'name'>) =>
  `${kind} ${name}`.toLowerCase();

export async function readInventory({ ledger }: SweepTools): Promise<Map<string, InventoryEntry>> {
  const lists = await Promise.all(INVENTORY_KINDS.map((kind) => ledger.listInventory(kind)));
  return new Map(lists.flat().map((entry) => [keyOf(entry), entry]));
}

interface Before {
  state: SweepState | undefined;
  known: ReadonlyMap<string, InventoryEntry>;
  at: string;
}

interface Reading extends Pick<Before, 'state' | 'at'> {
  /** What was known of it, whatever its name was. */
  knownOf(seen: Seen): InventoryEntry | undefined;
}

/** Reads the whole account, and compares each principal and policy with what was known of it. */
export async function compareAll(
  tools: SweepTools,
  { known: before, ...times }: Before,
): Promise<Compared[]> {
  const account = await tools.readAccount();
  const shownAt = tools.now().toISOString();
  const all = seenIn(account, accountIdOf(tools));
  const reading = { ...times, knownOf: knownIn(before, accountIdOf(tools)) };
  const evaluate = remembered(tools.evaluate);
  const firstRunAt = reading.state?.firstRunAt ?? reading.at;
  const holds = holdsAnything(all, reading, evaluate);
  const completeAt = reading.state?.completeAt;
  const stock = await stockOf(tools, account, { firstRunAt, completeAt, holds });
  const comparing: Comparing = {
    ...{ at: reading.at, shownAt, evaluate },
    isExempt: (requester) => findExemption(tools.exemptions, requester, tools.now()) !== undefined,
    isStock: (seen, { key }) => reading.state === undefined && !stock.isChanged(seen, key),
    isForgotten: (seen, { since }) => isForgotten(seen, since, reading),
    originOf:
      reading.state === undefined && holds
        ? await readOrigins(tools, firstRunAt)
        : (_seen, { since = firstRunAt }) => ({ since }),
  };
  return all.map((seen) => {
    const known = reading.knownOf(seen);
    const entry = compare(seen, known, comparing);
    return { seen, known, entry: { ...entry, grants: reopened(entry, seen, stock) } };
  });
}

function knownIn(before: Before['known'], accountId: string): Reading['knownOf'] {
  const byId = Map.groupBy(before.values(), ({ id }) => id);
  return (seen) => {
    const formerly = byId.get(seen.id)?.find((entry) => keyOf(entry) !== keyOf(seen));
    return knownAs(seen, { here: before.get(keyOf(seen)), formerly }, accountId);
  };
}

/** Whether anything restricted is in force, or was taken for stock. Only then CloudTrail has to be asked. */
function holdsAnything(
  all: readonly Seen[],
  { state, knownOf }: Reading,
  evaluate: SweepTools['evaluate'],
): boolean {
  return all.some((seen) =>
    seen.grants.some(({ key, document }) =>
      state === undefined
        ? evaluate(document) !== 'harmless'
        : knownOf(seen)?.grants[key]?.status === 'stock',
    ),
  );
}

/** IAM shows what was made a moment ago only after a while. Milliseconds. */
const LAG = 5 * 60_000;

/**
 * Whether a principal or policy was there when the last sweep came through, and the inventory has no entry of it: then
 * the ledger was restored, or an item of it lost, and what is in force may have been decided.
 */
function isForgotten(seen: Seen, since: string | undefined, { state, knownOf }: Reading): boolean {
  const { madeAt } = seen;
  if (state === undefined || madeAt === undefined || knownOf(seen)?.id === seen.id) return false;
  return Math.max(Date.parse(madeAt), Date.parse(since ?? madeAt)) < Date.parse(state.completeAt) - LAG;
}

/** What the first run took for stock, and CloudTrail shows later to have been changed before it. */
function reopened(
  { grants }: InventoryEntry,
  seen: Seen,
  { isChanged }: StockTaken,
): InventoryEntry['grants'] {
  return Object.fromEntries(
    Object.entries(grants).map(([key, grant]) => {
      const isNew = grant.status === 'stock' && isChanged(seen, key);
      return [key, isNew ? { ...grant, status: grant.restricted ? 'open' : 'known' } : grant];
    }),
  );
}

/** Thousands hold the same few documents of AWS. */
function remembered(judge: (document: string) => Evaluation): (document: string) => Evaluation {
  const judged = new Map<string, Evaluation>();
  return (document) => {
    const known = judged.get(document) ?? judge(document);
    judged.set(document, known);
    return known;
  };
}
