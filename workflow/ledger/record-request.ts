import { claimDocument } from './document-pointer.ts';
import { activate, draftOrKnown, type RecordResult, voidDraft } from './draft.ts';
import { LedgerContentionError } from './errors.ts';
import type { ApprovalRequest } from './request.ts';
import type { Store } from './store.ts';
import { reviewKey } from './table.ts';

/** Each further round means that another execution moved in between; more than a few at once do not happen. */
const ROUNDS = 8;

/**
 * Records a request with single conditional writes, because the engine of the sandbox knows no transactions:
 *
 * 1. a draft of the request, with an id of its own, that nobody else sees (its content beside it: `withContents`);
 * 2. a claim: the pointer from the request's document names the request, this draft and a fresh nonce. This is
 *    where two requests for the same document meet;
 * 3. the draft becomes `pending`, in one write, and keeps its id and the nonce of its claim.
 *
 * Whoever finds the document claimed for a draft voids that draft first, and then claims the document. Whoever
 * finds it claimed for a pending request voids its own draft, and is a duplicate. Whoever finds a draft of its request
 * that another execution has written, or a void one, writes its own in its place.
 *
 * A draft is *alive* while its request's item carries its id and is a draft or pending; afterwards it is *dead*.
 * A claim is alive or dead with the draft that it names. The invariants:
 *
 * (a) Dead is for ever. A request's item is never removed; every write that gives it another draft id takes a
 *     fresh one and requires the one before, or that there was no item; and no status goes back to draft or pending:
 *     draft, pending, decided, closed, and from there to decided at most. So no draft id comes back, not even when a write arrives late or a second time.
 * (b) A document is claimed only for a draft that has been in the table, and that holds this very document; under
 *     one draft id the document never changes, but for one that could not be read and is read later, which is claimed
 *     then, while the request is pending (`storeQuarantined`). So a claim whose draft is not found in its request's
 *     item is dead, and not still to come.
 * (c) A pointer is never removed, and each change of it takes a fresh nonce and requires the nonce before. So no
 *     claim comes back, and a claim is replaced only if it is still the one that was looked at.
 * (d) A claim is replaced only after it was seen dead, and by (a) it then still is. So from a claim until the death
 *     of its draft, the pointer stays as it is.
 * (e) A draft with a document becomes pending only under its own id and after the pointer was seen to name it. It
 *     is alive in that write, so by (d) the pointer still names it, and goes on naming it while it is pending. One
 *     pointer names one draft: no two pending requests share a document on a target.
 * (f) By (d) and (e) a request's own claim is the pointer from the moment it is pending until the document is
 *     claimed anew, and by (c) never again after that. So a request speaks for its document only while the
 *     pointer's nonce is the one that it carries: an approval that a newer request has made void stays void, even
 *     if a slow run claims the document for the old request once more.
 *
 * No invariant speaks of who makes a write or when, so it is safe to stop, to be overtaken or to repeat anywhere:
 * - Stopped after 1 or 2: nothing counts yet. The same execution goes on with the draft that it finds; another one
 *   that wants the same request or the same document puts an end to it, and the same execution then starts with a new
 *   draft. So an execution that died here hides its change from nobody: the one that is started in its place records it.
 * - Stopped after 3 without anyone hearing of it: the same execution finds its own request and says `recorded`;
 *   any other execution, that is, the same change reported twice, says `duplicate`.
 * - Any condition that does not hold means that somebody else has moved, or this very write before its answer was
 *   lost. Then everything is looked at again; executions that keep overtaking each other give up.
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

async function tryToRecord(store: Store, request: ApprovalRequest): Promise<RecordResult | 'overtaken'> {
  const draft = await draftOrKnown(store, request);
  if (draft === 'overtaken' || 'status' in draft) return draft;

  const claim = await claimDocument(store, draft);
  if (claim === 'overtaken') return 'overtaken';
  if (claim.status === 'held') {
    // Nothing is lost if this fails: another run of this execution has come further with the draft, or has lost it.
    const voided = await voidDraft(store, request.id, draft.draftId);
    return voided ? { status: 'duplicate', of: claim.by } : 'overtaken';
  }

  const { target } = draft.request.change;
  if (target.type === 'managed-policy') {
    await store.put({ ...reviewKey(target.policyArn, request.id), requestId: request.id });
  }
  return activate(store, draft, claim.nonce);
}
