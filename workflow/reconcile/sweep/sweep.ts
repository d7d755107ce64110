import { isDeepStrictEqual } from 'node:util';
import { type Grant, type InventoryEntry, isFoundById, type SweepState } from '../../ledger/inventory.ts';
import { workThrough } from '../work-through.ts';
import { type Compared, compareAll, keyOf, readInventory } from './compare-all.ts';
import { judgeGrant } from './judge-grant.ts';
import { tell } from './report.ts';
import { startFound } from './start-found.ts';
import type { SweepTools } from './tools.ts';

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
  const started = (await workThrough(start, log, (one) => startOne(tools, one, at))).filter(Boolean);
  for (const { grant, entry, key } of held) entry.grants[key] = { ...grant, status: 'held' };
  const { written, isWhole } = await write(tools, compared, known);
  const found = undelivered.filter(isLost).length;
  const isFirst = state === undefined;
  if (isFirst && !isWhole) {
    // What it saw and nobody knows of is neither stock nor forgotten: the next run takes stock anew.
    log.error('The first sweep could not write all that it saw; the next one begins anew.');
  } else {
    await tell(tools, { isFirst, compared, held, at });
    // What could not be written is no more known than before, and must not pass for forgotten.
    const completeAt = isWhole ? at : (state?.completeAt ?? at);
    await ledger.storeSweepState({ firstRunAt: state?.firstRunAt ?? at, completeAt, found });
  }
  metrics.foundBySweep(found);
  const counts = { entries: compared.length, written, found: started.length, held: held.length };
  log.info('The account was swept.', counts);
  return counts;
}

/** Whether no event has come, rather than that the ledger has forgotten it, or an approver has asked. */
function isLost({ entry, key, grant }: Undelivered): boolean {
  return grant.status === 'open' && entry.grants[key]?.status !== 'reported';
}

/** What has to be looked at in one entry; what turns out to be known is marked so. */
async function findIn(
  tools: SweepTools,
  { seen, known, entry }: Compared,
  at: string,
): Promise<Undelivered[]> {
  const found: Undelivered[] = [];
  for (const { key, document } of seen.grants) {
    const grant = entry.grants[key];
    if (grant === undefined || !grant.restricted) continue;
    const was = known?.id === entry.id ? known.grants[key]?.status : undefined;
    const { verdict, exempt } = await judgeGrant(tools, { ...grant, key, was }, { document, at });
    if (verdict === 'known') entry.grants[key] = { ...grant, status: 'known', ...(exempt && { exempt }) };
    if (verdict === 'stood') {
      const { endedAt: _endedAt, ...stood } = grant;
      entry.grants[key] = stood;
    }
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

/** @returns whether an execution was started: the guard itself has put in force what its ledger has forgotten */
async function startOne(
  tools: SweepTools,
  { entry, key, grant, document }: Undelivered,
  at: string,
): Promise<boolean> {
  const { asked: _asked, ...rest } = grant;
  const isStarted = await startFound(tools, grant, document, at);
  entry.grants[key] = isStarted
    ? { ...rest, status: 'found', foundAt: at }
    : { ...grant, status: 'reported' };
  return isStarted;
}

/** @returns how many were written or removed, and whether none of them failed */
async function write(
  { ledger, log }: SweepTools,
  compared: readonly Compared[],
  known: ReadonlyMap<string, InventoryEntry>,
): Promise<{ written: number; isWhole: boolean }> {
  const there = new Set(compared.map(({ entry }) => keyOf(entry)));
  const gone = [...known.values()].filter((entry) => !there.has(keyOf(entry)));
  const changed = compared.filter(
    ({ known: before, entry }) => !isDeepStrictEqual(before, entry) || !isFoundById(entry),
  );
  // What an event has written meanwhile is newer than this reading.
  const removed = await workThrough(gone, log, (entry) => ledger.removeInventory(entry));
  const put = await workThrough(changed, log, ({ entry }) => ledger.putInventory(entry));
  const done = [...removed, ...put];
  return {
    written: done.filter((isWritten) => isWritten).length,
    isWhole: done.length === gone.length + changed.length,
  };
}
