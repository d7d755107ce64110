import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { claimedBy, putOwn } from './claims.ts';
import { CorruptLedgerItemError } from './errors.ts';
import type { SlackMessageRef } from './request.ts';
import type { Condition, Store } from './store.ts';
import { groupKey } from './table.ts';

const groupSchema = z.object({
  claim: z.string(),
  openedAt: z.iso.datetime(),
  message: z.object({ channel: z.string(), ts: z.string(), permalink: z.string().optional() }).optional(),
});

/** `ours`: this caller is to post the message at the top, then to store it or to let go of the group. */
export type GroupClaim =
  | { status: 'ours'; claim: string }
  | { status: 'open'; message: SlackMessageRef }
  /** Somebody else is posting the message right now. */
  | { status: 'busy' };

/** The message above the requests of one requester, which only one of them posts. */
export interface GroupClaims {
  /**
   * The group of a requester's requests that was opened after `since`, or a new one.
   *
   * @param since ISO 8601, UTC; an older group is history
   */
  claimGroup(requesterKey: string, since: string, now: string): Promise<GroupClaim>;
  /** The message at the top of a group that is ours stands in Slack. */
  storeGroupMessage(requesterKey: string, claim: string, message: SlackMessageRef): Promise<void>;
  /** The message could not be posted: somebody else may open the group. */
  releaseGroup(requesterKey: string, claim: string): Promise<void>;
}

export function groupsOver(store: Store): GroupClaims {
  return {
    claimGroup: (requester, since, now) => claimGroup(store, requester, since, now),
    storeGroupMessage: async (requester, claim, message) => {
      await store.update(groupKey(requester), { message }, claimedBy(claim));
    },
    releaseGroup: async (requester, claim) => {
      await store.remove(groupKey(requester), claimedBy(claim));
    },
  };
}

/** Whoever has claimed a group posts within its function's 25 s; after this it has died. Milliseconds. */
const CLAIM_MS = 30_000;

/** Conditional writes on one item, so that a group gets one message. */
async function claimGroup(
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
