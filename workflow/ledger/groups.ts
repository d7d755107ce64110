import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CorruptLedgerItemError } from './errors.ts';
import { held } from './held.ts';
import type { GroupClaim } from './ledger.ts';
import { putOwn } from './put-own.ts';
import type { SlackMessageRef } from './request.ts';
import type { Condition, Store } from './store.ts';
import { groupKey } from './table.ts';

const groupSchema = z.object({
  claim: z.string(),
  openedAt: z.iso.datetime(),
  message: z.object({ channel: z.string(), ts: z.string(), permalink: z.string().optional() }).optional(),
});

/** Whoever has claimed a group posts within its function's 25 s; after this it has died. Milliseconds. */
const CLAIM_MS = 30_000;

/** See `Ledger.claimGroup`. Conditional writes on one item, so that a group gets one message. */
export async function claimGroup(
  store: Store,
  requesterKey: string,
  since: string,
  now: string,
): Promise<GroupClaim> {
  const key = groupKey(requesterKey);
  const claim = randomUUID();
  const found = await store.get(key);
  let condition: Condition = { expression: 'attribute_not_exists(#pk)' };
  if (found !== undefined) {
    const group = groupSchema.safeParse(found);
    if (!group.success) throw new CorruptLedgerItemError(key.pk, key.sk, group.error);
    const { message, openedAt } = group.data;
    if (openedAt >= since && message !== undefined) return { status: 'open', message };
    const abandoned = Date.parse(now) - Date.parse(openedAt) > CLAIM_MS;
    if (message === undefined && !abandoned) return { status: 'busy' };
    const unchanged = message === undefined ? ' AND attribute_not_exists(#message)' : '';
    condition = { expression: `#claim = :seen${unchanged}`, values: { ':seen': group.data.claim } };
  }
  const ours = await putOwn(store, { ...key, claim, openedAt: now }, condition);
  return ours ? { status: 'ours', claim } : { status: 'busy' };
}

export async function storeGroupMessage(
  store: Store,
  requesterKey: string,
  claim: string,
  message: SlackMessageRef,
): Promise<void> {
  await store.update(groupKey(requesterKey), { message }, held(claim));
}

export async function releaseGroup(store: Store, requesterKey: string, claim: string): Promise<void> {
  await store.remove(groupKey(requesterKey), held(claim));
}
