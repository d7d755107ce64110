import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CorruptLedgerItemError, LedgerContentionError } from './errors.ts';
import type { RecordResult } from './ledger.ts';
import type { ApprovalRequest } from './request.ts';
import type { Item, Store } from './store.ts';
import { DRAFT, fromItem, indexPlace, isDraft, toDraft, withStatus } from './stored-request.ts';
import { documentKey, requestKey, reviewKey } from './table.ts';
import { targetKey } from './target-key.ts';

/** Each further round means that another execution moved in between; more than a few at once do not happen. */
const ROUNDS = 8;

/** The newest request for a document on a target. It counts only together with what that request says of itself. */
const pointerSchema = z.object({ requestId: z.string(), nonce: z.string() });
type Pointer = z.infer<typeof pointerSchema>;

/**
 * Records a request with single conditional writes, because the engine of the sandbox knows no transactions:
 *
 * 1. a draft of the request, that nobody else sees;
 * 2. the pointer from its document to it: this is where two requests for the same document meet;
 * 3. the draft becomes `pending`, in one write.
 *
 * Why it is safe to stop or to be overtaken anywhere:
 * - Stopped after 1 or 2: nothing counts yet. The same execution goes on where it stopped; another one that wants
 *   the same document removes the draft (so that it can't become pending) and takes the pointer.
 * - Stopped after 3 without anyone hearing of it: the same execution finds its own request and says `recorded`;
 *   any other execution, that is, the same change reported twice, says `duplicate`.
 * - A draft becomes pending only while it exists, and whoever takes the pointer away from a draft has removed it
 *   before; so no two pending requests share a document on a target.
 * - The pointer changes hands only if it still carries the nonce that was seen: a draft that was removed and
 *   written again has claimed it anew, with another nonce.
 *
 * The pointer needs no release: it stops counting in the very write that decides or closes its request.
 *
 * @throws LedgerContentionError when others kept recording the same document at once
 */
export async function recordRequest(store: Store, request: ApprovalRequest): Promise<RecordResult> {
  for (let round = 0; round < ROUNDS; round++) {
    const result = await tryToRecord(store, request);
    if (result !== 'overtaken') return result;
  }
  throw new LedgerContentionError(request.id);
}

export async function readPointer(
  store: Store,
  key: ReturnType<typeof documentKey>,
): Promise<Pointer | undefined> {
  const item = await store.get(key);
  if (item === undefined) return undefined;
  const pointer = pointerSchema.safeParse(item);
  if (!pointer.success) throw new CorruptLedgerItemError(key.pk, key.sk, pointer.error);
  return pointer.data;
}

async function tryToRecord(store: Store, request: ApprovalRequest): Promise<RecordResult | 'overtaken'> {
  const known = await draftOrKnown(store, request);
  if (known !== undefined) return known;

  const holder = await claimDocument(store, request);
  if (holder === 'overtaken') return 'overtaken';
  if (holder !== 'mine') {
    // An older run of this execution may be slower than the one that recorded it: only a draft is removed.
    const removed = await removeDraft(store, request.id);
    return removed ? { status: 'duplicate', of: holder } : 'overtaken';
  }

  if (request.change.target.type === 'managed-policy') {
    await store.put({ ...reviewKey(request.change.target.policyArn, request.id), requestId: request.id });
  }
  return activate(store, request);
}

/** Writes the draft, unless there is one of this execution already, or a request. */
async function draftOrKnown(
  store: Store,
  request: ApprovalRequest,
): Promise<RecordResult | 'overtaken' | undefined> {
  if (await store.put(toDraft(request), { expression: 'attribute_not_exists(#pk)' })) return undefined;
  const item = await store.get(requestKey(request.id));
  if (item === undefined) return 'overtaken';
  if (item.executionArn !== request.executionArn) return { status: 'duplicate', of: request.id };
  if (isDraft(item)) return undefined;
  return recorded(item);
}

/** @returns `mine`, or the id of the pending request that reviews this document already */
async function claimDocument(store: Store, request: ApprovalRequest): Promise<'mine' | 'overtaken' | string> {
  // A document that could not be read is the same as no other.
  if (request.document === undefined) return 'mine';
  const key = documentKey(
    targetKey(request.change.accountId, request.change.target),
    request.document.sha256,
  );
  const claim: Item = { ...key, requestId: request.id, nonce: randomUUID() };
  const free = await store.put(claim, {
    expression: 'attribute_not_exists(#pk) OR #requestId = :id',
    values: { ':id': request.id },
  });
  if (free) return 'mine';

  const pointer = await readPointer(store, key);
  if (pointer === undefined) return 'overtaken';
  const holder = await store.get(requestKey(pointer.requestId));
  if (holder !== undefined && !isDraft(holder) && fromItem(holder).request.status === 'pending') {
    return pointer.requestId;
  }
  if (holder !== undefined && isDraft(holder) && !(await removeDraft(store, pointer.requestId))) {
    return 'overtaken';
  }
  const taken = await store.put(claim, {
    expression: '#nonce = :nonce',
    values: { ':nonce': pointer.nonce },
  });
  return taken ? 'mine' : 'overtaken';
}

function removeDraft(store: Store, id: string): Promise<boolean> {
  return store.remove(requestKey(id), { expression: '#status = :draft', values: { ':draft': DRAFT } });
}

async function activate(store: Store, request: ApprovalRequest): Promise<RecordResult | 'overtaken'> {
  const item = await store.update(
    requestKey(request.id),
    { ...withStatus('pending'), gsi1sk: indexPlace(request) },
    {
      expression: '#status = :draft AND #executionArn = :execution',
      values: { ':draft': DRAFT, ':execution': request.executionArn },
    },
  );
  if (item === undefined) return 'overtaken';
  return recorded(item);
}

function recorded(item: Item): RecordResult {
  const { createdAt, expiresAt } = fromItem(item).request;
  return { status: 'recorded', createdAt, expiresAt };
}
