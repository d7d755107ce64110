import { isDeepStrictEqual } from 'node:util';
import { compare, restrictedNow } from '../../inventory/compare.ts';
import { type Seen, seenIn } from '../../inventory/seen.ts';
import {
  type Grant,
  INVENTORY_KINDS,
  type InventoryEntry,
  isUnasked,
  type SweepState,
} from '../../ledger/inventory.ts';
import { workThrough } from '../work-through.ts';
import { judgeGrant } from './judge-grant.ts';
import { tellSweep } from './report.ts';
import { startFound } from './start-found.ts';
import { stockOf } from './stock.ts';
import { accountIdOf, type SweepTools } from './tools.ts';

/** More than so many at once are no lost events: a list or a ledger is behind them, and people are asked first. */
const MOST_AT_ONCE = 10;

/** After so long without a sweep, or with a ledger from so long ago, what is new may have been decided. Milliseconds. */
const GAP = 6 * 60 * 60_000;

interface Swept {
  /** How many principals and policies there are. */
  entries: number;
  /** How many of them were written or removed, because something has changed. */
  written: number;
  /** For how many grants an execution was started. */
  found: number;
  /** How many wait for an approver to say so. */
  held: number;
}

/** A principal or policy: as it is seen, as it was known, and as it is to be known. */
interface Compared {
  seen: Seen;
  known: InventoryEntry | undefined;
  entry: InventoryEntry;
}

/** A restricted grant that is in force, and no event has come. */
interface Undelivered {
  entry: InventoryEntry;
  key: string;
  grant: Grant;
  document: string;
}

/**
 * Reads the whole account and compares it with the inventory. What is restricted, new, not approved and untouched by
 * any execution, in two readings and a direct one, goes the usual way of a change. Safe to repeat, and to be cut off:
 * the next run goes on with what this one has not written.
 *
 * @throws what IAM throws, and the ledger: half an account is compared with nothing
 */
export async function sweep(tools: SweepTools): Promise<Swept> {
  const { ledger, now, log, metrics } = tools;
  const at = now().toISOString();
  const state = await ledger.readSweepState();
  const known = await readInventory(tools);
  const compared = await compareAll(tools, { state, known, at });
  const undelivered = (await workThrough(compared, log, (one) => findIn(tools, one, at))).flat();
  const { start, held } = sort(undelivered, state, at);
  const started = await workThrough(start, log, (one) => startOne(tools, one, at));
  for (const { grant, entry, key } of held) entry.grants[key] = { ...grant, status: 'held' };
  const written = await write(tools, compared, known);
  await tell(tools, { state, compared, held, at });
  const found = undelivered.filter(({ grant }) => grant.status === 'open').length;
  await ledger.storeSweepState({ firstRunAt: state?.firstRunAt ?? at, completeAt: at, found });
  metrics.swept(found);
  const counts = { entries: compared.length, written, found: started.length, held: held.length };
  log.info('The account was swept.', counts);
  return counts;
}

const keyOf = ({ kind, name }: Pick<InventoryEntry, 'kind' | 'name'>) => `${kind} ${name}`.toLowerCase();

async function readInventory({ ledger }: SweepTools): Promise<Map<string, InventoryEntry>> {
  const lists = await Promise.all(INVENTORY_KINDS.map((kind) => ledger.listInventory(kind)));
  return new Map(lists.flat().map((entry) => [keyOf(entry), entry]));
}

interface Reading {
  state: SweepState | undefined;
  known: ReadonlyMap<string, InventoryEntry>;
  at: string;
}

async function compareAll(tools: SweepTools, { state, known, at }: Reading): Promise<Compared[]> {
  const account = await tools.readAccount();
  const isRestricted = remembered(tools.isRestricted);
  const all = seenIn(account, accountIdOf(tools));
  const firstRunAt = state?.firstRunAt ?? at;
  const holds = all.some(({ kind, name, grants }) => {
    const before = known.get(keyOf({ kind, name }))?.grants;
    return (
      kind !== 'policy' &&
      grants.some(({ key, document }) =>
        state === undefined ? isRestricted(document) : before?.[key]?.status === 'stock',
      )
    );
  });
  const { isChanged } = await stockOf(tools, account, { firstRunAt, holds });
  const comparing = {
    ...{ at, isRestricted },
    isStock: (seen: Seen, { key }: { key: string }) => state === undefined && !isChanged(seen, key),
  };
  return all.map((seen) => {
    const before = known.get(keyOf(seen));
    const entry = compare(seen, before, comparing);
    return {
      seen,
      known: before,
      entry: { ...entry, grants: reopened(entry, (key) => isChanged(seen, key)) },
    };
  });
}

/** What the first run took for stock, and CloudTrail shows later to have been changed before it. */
function reopened({ grants }: InventoryEntry, isChanged: (key: string) => boolean): InventoryEntry['grants'] {
  return Object.fromEntries(
    Object.entries(grants).map(([key, grant]) => {
      const isNew = grant.status === 'stock' && isChanged(key);
      return [key, isNew ? { ...grant, status: grant.restricted ? 'open' : 'known' } : grant];
    }),
  );
}

/** Thousands hold the same few documents of AWS. */
function remembered(judge: (document: string) => boolean): (document: string) => boolean {
  const judged = new Map<string, boolean>();
  return (document) => {
    const known = judged.get(document) ?? judge(document);
    judged.set(document, known);
    return known;
  };
}

/** What has to be looked at in one entry; what turns out to be known is marked so. */
async function findIn(tools: SweepTools, { seen, entry }: Compared, at: string): Promise<Undelivered[]> {
  const found: Undelivered[] = [];
  for (const { key, document } of seen.grants) {
    const grant = entry.grants[key];
    if (grant === undefined || !grant.restricted) continue;
    const verdict = await judgeGrant(tools, { ...grant, key }, { document, at });
    if (verdict === 'known') entry.grants[key] = { ...grant, status: 'known' };
    if (verdict === 'undelivered') found.push({ entry, key, grant, document });
  }
  return found;
}

/** What an approver has asked for is started in any case. */
function sort(all: readonly Undelivered[], state: SweepState | undefined, at: string) {
  const asked = all.filter(({ grant }) => grant.asked);
  const others = all.filter(({ grant }) => !grant.asked);
  const isGap = state !== undefined && Date.parse(at) - Date.parse(state.completeAt) > GAP;
  return isGap || others.length > MOST_AT_ONCE
    ? { start: asked, held: others }
    : { start: all.filter(({ grant }) => grant.asked || grant.status !== 'held'), held: [] };
}

async function startOne(tools: SweepTools, { entry, key, grant, document }: Undelivered, at: string) {
  await startFound(tools, grant, document, at);
  const { asked: _asked, ...rest } = grant;
  entry.grants[key] = { ...rest, status: 'found', foundAt: at };
}

/** @returns how many were written or removed */
async function write(
  { ledger, log }: SweepTools,
  compared: readonly Compared[],
  known: ReadonlyMap<string, InventoryEntry>,
): Promise<number> {
  const there = new Set(compared.map(({ entry }) => keyOf(entry)));
  const gone = [...known.values()].filter((entry) => !there.has(keyOf(entry)));
  const changed = compared.filter(({ known: before, entry }) => !isDeepStrictEqual(before, entry));
  // What an event has written meanwhile is newer than this reading.
  const removed = await workThrough(gone, log, (entry) => ledger.removeInventory(entry));
  const put = await workThrough(changed, log, ({ entry }) => ledger.putInventory(entry));
  return [...removed, ...put].filter((isWritten) => isWritten).length;
}

interface ToTell {
  state: SweepState | undefined;
  compared: readonly Compared[];
  held: readonly Undelivered[];
  at: string;
}

async function tell(tools: SweepTools, { state, compared, held, at }: ToTell): Promise<void> {
  const stock = compared.flatMap(({ entry }) =>
    Object.values(entry.grants)
      .filter(isUnasked)
      .map((grant) => ({ grant, entry })),
  );
  if (state === undefined) return tellSweep(tools, 'stock', stock, at);
  const changed = compared.flatMap(({ known, entry }) =>
    restrictedNow(known, entry).map((grant) => ({ grant, entry })),
  );
  const newlyHeld = held.filter(({ grant }) => grant.status !== 'held');
  await tellSweep(tools, 'held', newlyHeld, at);
  await tellSweep(tools, 'changed', changed, at);
}
