import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CorruptLedgerItemError } from './errors.ts';
import { held } from './held.ts';
import { putOwn } from './put-own.ts';
import type { Condition, Store } from './store.ts';
import { summaryKey } from './table.ts';

const summarySchema = z.object({
  claim: z.string(),
  at: z.iso.datetime(),
  told: z.iso.datetime().optional(),
});

/** Whoever has claimed a summary tells it within its function's 25 s; after this it has died. Milliseconds. */
const CLAIM_MS = 60_000;

/** See `Ledger.claimSummary`. Conditional writes on one item, so that a day is told by one at a time. */
export async function claimSummary(store: Store, day: string, now: string): Promise<string | undefined> {
  const key = summaryKey(day);
  const claim = randomUUID();
  const found = await store.get(key);
  let condition: Condition = { expression: 'attribute_not_exists(#pk)' };
  if (found !== undefined) {
    const summary = summarySchema.safeParse(found);
    if (!summary.success) throw new CorruptLedgerItemError(key.pk, key.sk, summary.error);
    const { at, told, claim: seen } = summary.data;
    if (told !== undefined || Date.parse(now) - Date.parse(at) <= CLAIM_MS) return undefined;
    condition = { expression: '#claim = :seen AND attribute_not_exists(#told)', values: { ':seen': seen } };
  }
  return (await putOwn(store, { ...key, claim, at: now }, condition)) ? claim : undefined;
}

export async function storeSummaryTold(store: Store, day: string, claim: string, now: string): Promise<void> {
  await store.update(summaryKey(day), { told: now }, held(claim));
}

export async function releaseSummary(store: Store, day: string, claim: string): Promise<void> {
  await store.remove(summaryKey(day), held(claim));
}
