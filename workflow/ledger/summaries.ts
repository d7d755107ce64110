import { randomUUID } from 'node:crypto';
import * as z from '../runtime/zod.ts';
import { claimedBy, putOwn } from './claims.ts';
import { readItem } from './read-item.ts';
import type { Condition, Store } from './store.ts';
import { summaryKey } from './table.ts';

const summarySchema = z.object({
  claim: z.string(),
  at: z.iso.datetime(),
  told: z.optional(z.iso.datetime()),
});

/** The daily summary, which is told by one at a time. Days are like `2026-11-25`, UTC. */
export interface SummaryClaims {
  /**
   * Takes the summary of a day. A claim of which nothing was heard for 60 s is taken over; what was told never is.
   *
   * @returns the claim, or undefined when somebody else tells or has told
   */
  claimSummary(day: string, now: string): Promise<string | undefined>;
  /** The summary that we have claimed is told. Safe to repeat. */
  storeSummaryTold(day: string, claim: string, now: string): Promise<void>;
  /** The summary that we have claimed could not be told: the next try may. */
  releaseSummary(day: string, claim: string): Promise<void>;
}

export function summariesOver(store: Store): SummaryClaims {
  return {
    claimSummary: (day, now) => claimSummary(store, day, now),
    storeSummaryTold: async (day, claim, now) => {
      await store.update(summaryKey(day), { told: now }, claimedBy(claim));
    },
    releaseSummary: async (day, claim) => {
      await store.remove(summaryKey(day), claimedBy(claim));
    },
  };
}

/** Whoever has claimed a summary tells it within its function's 25 s; after this it has died. Milliseconds. */
const CLAIM_MS = 60_000;

/** Conditional writes on one item, so that a day is told by one at a time. */
async function claimSummary(store: Store, day: string, now: string): Promise<string | undefined> {
  const key = summaryKey(day);
  const claim = randomUUID();
  const found = await readItem(store, key, summarySchema);
  let condition: Condition = { expression: 'attribute_not_exists(#pk)' };
  if (found !== undefined) {
    const { at, told, claim: seen } = found;
    if (told !== undefined || Date.parse(now) - Date.parse(at) <= CLAIM_MS) return undefined;
    condition = { expression: '#claim = :seen AND attribute_not_exists(#told)', values: { ':seen': seen } };
  }
  return (await putOwn(store, { ...key, claim, at: now }, condition)) ? claim : undefined;
}
