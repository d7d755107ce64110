import { randomUUID } from 'node:crypto';
import type { Requester } from '../events/change.ts';
import { identityOf } from '../events/identity.ts';
import * as z from '../runtime/zod.ts';
import { unchanged } from './approve.ts';
import { LedgerContentionError } from './errors.ts';
import { itemReader } from './read-item.ts';
import type { ApprovalRequest, Verdict } from './request.ts';
import { approvalsNeededFor, type NamingEvent, requestersOf, withVerdict } from './requesters.ts';
import type { Item, Store } from './store.ts';
import { fromItem as fromRequestItem, readStored, type StoredRequest } from './stored-request.ts';
import { CONFIRM_INDEX_KEY, confirmKey, requestKey } from './table.ts';

/** An event by which somebody was named, and that CloudTrail was not asked about, or did not know yet. */
const unconfirmedSchema = z.object({
  requestId: z.string().check(z.minLength(1)),
  eventId: z.string().check(z.minLength(1)),
  /** Whom it names, as `identityOf` does. */
  identity: z.string(),
  /** The execution that was started with it. */
  executionArn: z.string(),
  /** Since when the guard has known it. */
  at: z.iso.datetime(),
});
export type Unconfirmed = z.infer<typeof unconfirmedSchema>;

/** Events that CloudTrail is to confirm, and what it says of them. */
export interface Confirmations {
  /** Oldest first; eventually consistent. */
  listUnconfirmed(limit: number): Promise<Unconfirmed[]>;
  /** CloudTrail need not be asked about it any more. Safe to repeat. */
  removeUnconfirmed(unconfirmed: Unconfirmed): Promise<void>;
  /**
   * Keeps what CloudTrail says of an event. A name that is refuted counts no more; what was approved until then counts on.
   * Safe to repeat.
   *
   * @param required how many approvers a request needs whose requesters are all known
   * @returns the request as it is afterwards; undefined where there is none
   * @throws LedgerContentionError
   */
  storeVerdict(
    id: string,
    event: NamingEvent,
    verdict: Verdict,
    required: number,
  ): Promise<ApprovalRequest | undefined>;
}

export function confirmationsOver(store: Store): Confirmations {
  return {
    listUnconfirmed: async (limit) =>
      (await store.query({ index: true, partition: CONFIRM_INDEX_KEY, limit })).map(fromItem),
    removeUnconfirmed: async ({ requestId, eventId, identity }) => {
      await store.remove(confirmKey(requestId, eventId, identity));
    },
    storeVerdict: (id, event, verdict, required) => storeVerdict(store, id, event, verdict, required),
  };
}

/** Has CloudTrail asked about an event that was acted on. Safe to repeat. */
export async function keepUnconfirmed(
  store: Store,
  requestId: string,
  {
    requester,
    eventId,
    executionArn,
    at,
  }: Omit<Unconfirmed, 'requestId' | 'identity'> & { requester: Requester },
): Promise<void> {
  const identity = identityOf(requester);
  const unconfirmed: Unconfirmed = { requestId, eventId, identity, executionArn, at };
  const place = { gsi1pk: CONFIRM_INDEX_KEY, gsi1sk: at };
  await store.put({ ...unconfirmed, ...confirmKey(requestId, eventId, identity), ...place });
}

const fromItem = itemReader(unconfirmedSchema);

/** Each further round means that somebody approved, or was named, in between. */
const ROUNDS = 30;

async function storeVerdict(
  store: Store,
  id: string,
  event: NamingEvent,
  verdict: Verdict,
  required: number,
): Promise<ApprovalRequest | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const found = await readStored(store, id);
    if (found === undefined) return undefined;
    const request = withVerdict(found.request, event, verdict);
    if (request === undefined) return found.request;
    const written = await write(store, found, request, required);
    if (written !== undefined) return fromRequestItem(written).request;
  }
  throw new LedgerContentionError(id);
}

/** @returns undefined when the request is not any more what was read */
function write(
  store: Store,
  found: StoredRequest,
  request: ApprovalRequest,
  required: number,
): Promise<Item | undefined> {
  const { id, status, confirmed, refuted, alsoNamed, votes } = request;
  const names = Object.entries({ confirmed, refuted, alsoNamed }).filter(([, value]) => value !== undefined);
  const needed = approvalsNeededFor(
    requestersOf(request).map(({ match }) => match),
    required,
  );
  const set = {
    ...Object.fromEntries(names),
    // Votes that were too few stay too few: the next one decides, and tells the state machine.
    ...(status === 'pending' && { approvalsNeeded: Math.max(needed, votes.length + 1) }),
    identifiedId: randomUUID(),
  };
  return store.update(requestKey(id), set, unchanged(found, status));
}
