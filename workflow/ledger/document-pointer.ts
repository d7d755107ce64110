import { randomUUID } from 'node:crypto';
import * as z from '../runtime/zod.ts';
import { type Draft, draftIdOf, voidDraft } from './draft.ts';
import { readItem } from './read-item.ts';
import type { ApprovalRequest } from './request.ts';
import type { Condition, Item, Store } from './store.ts';
import { fromItem, isDraft, readStored } from './stored-request.ts';
import { documentKey, type Key, requestKey } from './table.ts';
import { targetKey } from './target-key.ts';

/**
 * The newest claim on a document on a target. It counts only together with what its request says of itself.
 * `nonce` is another one with every claim.
 */
const pointerSchema = z.object({
  requestId: z.string(),
  draftId: z.string(),
  nonce: z.string(),
  /** The request that held the claim before, and was asked about. */
  before: z.optional(z.string()),
});
type Pointer = z.infer<typeof pointerSchema>;

/** `held`: by the pending request that reviews this document already. */
type Claim = { status: 'mine'; nonce: string } | { status: 'held'; by: string } | 'overtaken';

export function readPointer(store: Store, key: Key): Promise<Pointer | undefined> {
  return readItem(store, key, pointerSchema);
}

/**
 * What could not be read on one target may be the same: it is asked about once, and everybody who is named counts. No
 * approval is ever found by it.
 */
const UNREAD = 'unread';

/** Points the draft's document to it, unless that document is under review. */
export async function claimDocument(store: Store, draft: Draft): Promise<Claim> {
  const { draftId, request } = draft;
  const target = targetKey(request.change.accountId, request.change.target);
  const key = documentKey(target, request.document?.sha256 ?? UNREAD);
  const first = await putClaim(store, key, draft, { expression: 'attribute_not_exists(#pk)' });
  if (first !== 'overtaken') return first;
  const pointer = await readPointer(store, key);
  if (pointer === undefined) return 'overtaken';
  if (pointer.requestId === request.id && pointer.draftId === draftId) {
    return { status: 'mine', nonce: pointer.nonce };
  }
  const ended = await endOf(store, pointer);
  if (ended === 'pending') return { status: 'held', by: pointer.requestId };
  if (ended === 'overtaken') return 'overtaken';
  const unchanged = { expression: '#nonce = :seen', values: { ':seen': pointer.nonce } };
  return putClaim(store, key, draft, unchanged, ended === 'void' ? pointer.before : pointer.requestId);
}

/** With a new nonce for every write: one whose answer was lost has happened, and may be replaced already. */
async function putClaim(
  store: Store,
  key: Key,
  draft: Draft,
  condition: Condition,
  before?: string,
): Promise<Claim> {
  const nonce = randomUUID();
  const claim: Item = { ...key, requestId: draft.request.id, draftId: draft.draftId, nonce, before };
  return (await store.put(claim, condition)) ? { status: 'mine', nonce } : 'overtaken';
}

/** Sees to it that a claim is dead, unless its request is pending. `void`: nothing was ever decided by it of the document. */
async function endOf(store: Store, pointer: Pointer): Promise<'dead' | 'void' | 'pending' | 'overtaken'> {
  const item = await store.get(requestKey(pointer.requestId));
  if (item === undefined || draftIdOf(item) !== pointer.draftId) return 'void';
  if (isDraft(item)) {
    return (await voidDraft(store, pointer.requestId, pointer.draftId)) ? 'void' : 'overtaken';
  }
  const { request } = fromItem(item);
  if (request.status === 'pending') return 'pending';
  return saysNothing(request) ? 'void' : 'dead';
}

/**
 * Whether what became of a request says nothing of its document: nobody had made a change, or the change is undone and
 * the very same stays in force, as it was approved before.
 */
export function saysNothing({ decision, status, outcome, containment }: ApprovalRequest): boolean {
  if (decision?.decision === 'unfounded') return true;
  const isUndone = status === 'closed' && (outcome === 'denied' || outcome === 'expired');
  return isUndone && keepsIdentical(containment);
}

/**
 * Whether what is under review was approved before, byte for byte, and stays: an approved version that quarantine has put
 * in force, or an attachment that stood before.
 */
export function keepsIdentical(containment: ApprovalRequest['containment']): boolean {
  if (containment.type === 'attachment') return containment.isIdentical === true;
  return containment.type === 'managed-policy' && containment.inForceIsIdentical === true;
}

/** The request that was asked about this very document on this target before this request was. */
export async function readPredecessor(
  store: Store,
  { id, change, document }: ApprovalRequest,
): Promise<ApprovalRequest | undefined> {
  const target = targetKey(change.accountId, change.target);
  const pointer = await readPointer(store, documentKey(target, document?.sha256 ?? UNREAD));
  if (pointer?.requestId !== id || pointer.before === undefined) return undefined;
  return (await readStored(store, pointer.before))?.request;
}
