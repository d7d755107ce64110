import { randomUUID } from 'node:crypto';
import * as z from '../runtime/zod.ts';
import { claimedBy, putOwn } from './claims.ts';
import { LedgerContentionError } from './errors.ts';
import { readItem } from './read-item.ts';
import type { SlackMessageRef } from './request.ts';
import type { Condition, Store } from './store.ts';
import { groupKey, type Key, showingKey } from './table.ts';

const groupSchema = z.object({
  claim: z.string(),
  openedAt: z.iso.datetime(),
  message: z.optional(z.object({ channel: z.string(), ts: z.string(), permalink: z.optional(z.string()) })),
  crowded: z.optional(z.boolean()),
});

/** `ours`: this caller is to post the message at the top, then to store it or to let go of the group. */
export type GroupClaim =
  | { status: 'ours'; claim: string }
  | { status: 'open'; message: SlackMessageRef }
  /** Somebody else is posting the message right now. */
  | { status: 'busy' };

/** The message above the requests of one requester, which only one of them posts, and one at a time brings up to date. */
export interface GroupClaims {
  /**
   * The group of a requester's requests that was opened after `since`, or a new one.
   *
   * @param since ISO 8601, UTC; an older group is history
   */
  claimGroup(requesterKey: string, since: string, now: string): Promise<GroupClaim>;
  /** The message of a group that was opened after `since` and has become a crowd. */
  findCrowd(requesterKey: string, since: string): Promise<SlackMessageRef | undefined>;
  /** An open group has become a crowd, and stays one: whoever comes need not count it. Safe to repeat. */
  storeCrowd(requesterKey: string): Promise<void>;
  /** The message at the top of a group that is ours stands in Slack. */
  storeGroupMessage(requesterKey: string, claim: string, message: SlackMessageRef): Promise<void>;
  /** The message could not be posted: somebody else may open the group. */
  releaseGroup(requesterKey: string, claim: string): Promise<void>;
  /**
   * To bring a message up to date, as the only one.
   *
   * @returns undefined when somebody is at it, who is told that there is more to show
   */
  claimShowing(message: SlackMessageRef, now: string): Promise<string | undefined>;
  /** @returns whether there is more to show meanwhile; else the claim has ended */
  showAgain(message: SlackMessageRef, claim: string, now: string): Promise<boolean>;
  /** Somebody else may bring it up to date, whether or not there is more to show. */
  releaseShowing(message: SlackMessageRef, claim: string): Promise<void>;
}

export function groupsOver(store: Store): GroupClaims {
  return {
    claimGroup: (requester, since, now) => claimGroup(store, requester, since, now),
    findCrowd: async (requester, since) => {
      const group = await readGroup(store, groupKey(requester));
      return group?.crowded && group.openedAt >= since ? group.message : undefined;
    },
    storeCrowd: async (requester) => {
      await store.update(
        groupKey(requester),
        { crowded: true },
        { expression: 'attribute_exists(#message)' },
      );
    },
    storeGroupMessage: async (requester, claim, message) => {
      await store.update(groupKey(requester), { message }, claimedBy(claim));
    },
    releaseGroup: async (requester, claim) => {
      await store.remove(groupKey(requester), claimedBy(claim));
    },
    claimShowing: (message, now) => claimShowing(store, showingKey(message), now),
    showAgain: (message, claim, now) => showAgain(store, showingKey(message), claim, now),
    releaseShowing: async (message, claim) => {
      await store.remove(showingKey(message), claimedBy(claim));
    },
  };
}

const readGroup = (store: Store, key: Key) => readItem(store, key, groupSchema);

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
  const found = await readGroup(store, key);
  let condition: Condition = { expression: 'attribute_not_exists(#pk)' };
  if (found !== undefined) {
    const { message, openedAt } = found;
    if (openedAt >= since && message !== undefined) return { status: 'open', message };
    const abandoned = Date.parse(now) - Date.parse(openedAt) > CLAIM_MS;
    if (message === undefined && !abandoned) return { status: 'busy' };
    const unchanged = message === undefined ? ' AND attribute_not_exists(#message)' : '';
    condition = { expression: `#claim = :seen${unchanged}`, values: { ':seen': found.claim } };
  }
  const ours = await putOwn(store, { ...key, claim, openedAt: now }, condition);
  return ours ? { status: 'ours', claim } : { status: 'busy' };
}

/** Whoever shows it may end between the two writes of a round. */
const ROUNDS = 5;

/** Takes a claim that nobody has or that was abandoned, or leaves a mark for whoever has it, in one write each. */
async function claimShowing(store: Store, key: Key, at: string): Promise<string | undefined> {
  const claim = randomUUID();
  const values = { ':dead': new Date(Date.parse(at) - CLAIM_MS).toISOString() };
  for (let round = 0; round < ROUNDS; round++) {
    const free = { expression: 'attribute_not_exists(#pk) OR #at <= :dead', values };
    if (await putOwn(store, { ...key, claim, at }, free)) return claim;
    if (await store.update(key, { again: true }, { expression: '#at > :dead', values })) return undefined;
  }
  throw new LedgerContentionError(key.pk);
}

/** Conditional on the mark: of one that is left and the end of the claim, the later sees the earlier. */
async function showAgain(store: Store, key: Key, claim: string, at: string): Promise<boolean> {
  const { expression, values } = claimedBy(claim);
  const unmarked = { expression: `${expression} AND attribute_not_exists(#again)`, values };
  if (await store.remove(key, unmarked)) return false;
  return store.put({ ...key, claim, at }, claimedBy(claim));
}
