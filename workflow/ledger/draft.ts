import { randomUUID } from 'node:crypto';
import { CorruptLedgerItemError } from './errors.ts';
import type { ApprovalRequest } from './request.ts';
import type { Condition, Item, Store } from './store.ts';
import { DRAFT, fromItem, indexPlace, isDraft, toDraft, withStatus } from './stored-request.ts';
import { requestKey } from './table.ts';

/** With the times of the request as it stands in the ledger, which a retry does not move. */
export type RecordResult =
  | {
      status: 'recorded';
      createdAt: string;
      expiresAt: string;
      /** Of the quarantine that it was written down with. */
      quarantinedAt?: string;
      /** It was made while the grant was still in force, and still says so. */
      inForce?: true;
    }
  | { status: 'duplicate'; of: string };

/** A request that does not count yet. Runs of one execution share it; its id is never given to another draft. */
export interface Draft {
  draftId: string;
  request: ApprovalRequest;
}

/** @throws CorruptLedgerItemError when it is neither a draft nor a request that was one */
export function draftIdOf(item: Item): string {
  if (typeof item.draftId === 'string') return item.draftId;
  throw new CorruptLedgerItemError(item.pk, item.sk, 'It has no draft id.');
}

/**
 * Writes the draft, unless there is one of this execution already, or a request. In place of another execution's: that
 * one may be dead, and nobody is asked about a draft.
 */
export async function draftOrKnown(
  store: Store,
  request: ApprovalRequest,
): Promise<Draft | RecordResult | 'overtaken'> {
  const first = await putDraft(store, request, { expression: 'attribute_not_exists(#pk)' });
  if (first !== 'overtaken') return first;
  const item = await store.get(requestKey(request.id));
  if (item === undefined) return 'overtaken';
  const isMine = item.executionArn === request.executionArn;
  if (!isDraft(item)) return isMine ? recorded(item) : { status: 'duplicate', of: request.id };

  const draftId = draftIdOf(item);
  // What is claimed and activated is what lies in the table, should this run have read something else.
  if (isMine) return { draftId, request: toRequest(item) };
  return putDraft(store, request, stillDraft(draftId));
}

/** With a new id for every write: one whose answer was lost has happened, and its draft may be dead already. */
async function putDraft(
  store: Store,
  request: ApprovalRequest,
  condition: Condition,
): Promise<Draft | 'overtaken'> {
  const draftId = randomUUID();
  const written = await store.put({ ...toDraft(request), draftId }, condition);
  return written ? { draftId, request } : 'overtaken';
}

/**
 * Takes a draft out of play for good. Its item stays, as a draft without content that belongs to nobody: a write
 * of the draft that is still on its way then finds the item there, and does not bring the draft back.
 *
 * @returns false when it is no longer this draft
 */
export function voidDraft(store: Store, requestId: string, draftId: string): Promise<boolean> {
  const nothing: Item = { ...requestKey(requestId), status: DRAFT, draftId: randomUUID() };
  return store.put(nothing, stillDraft(draftId));
}

/** @param claim the nonce of the pointer that names this draft */
export async function activate(
  store: Store,
  { draftId, request }: Draft,
  claim: string,
): Promise<RecordResult | 'overtaken'> {
  const pending = { ...withStatus('pending'), gsi1sk: indexPlace(request) };
  const item = await store.update(requestKey(request.id), { ...pending, claim }, stillDraft(draftId));
  if (item === undefined) return 'overtaken';
  return recorded(item);
}

function toRequest(draft: Item): ApprovalRequest {
  return fromItem({ ...draft, status: 'pending' }).request;
}

function stillDraft(draftId: string): Condition {
  return {
    expression: '#status = :draft AND #draftId = :draftId',
    values: { ':draft': DRAFT, ':draftId': draftId },
  };
}

function recorded(item: Item): RecordResult {
  const { createdAt, expiresAt, quarantinedAt, inForceBecause } = fromItem(item).request;
  return {
    ...{ status: 'recorded', createdAt, expiresAt },
    ...(quarantinedAt !== undefined && { quarantinedAt }),
    ...(inForceBecause !== undefined && { inForce: true }),
  };
}
