import { randomUUID } from 'node:crypto';
import { countVote } from './count-votes.ts';
import { LedgerContentionError, OwnRequestError, TooManyMakersError } from './errors.ts';
import type { ApprovalRequest, Decision, Vote } from './request.ts';
import { slackUsersOf } from './requesters.ts';
import type { Condition, Store } from './store.ts';
import { fromItem, readStored, type StoredRequest, storedWith, withStatus } from './stored-request.ts';
import { requestKey } from './table.ts';

export type DecideResult =
  | { status: 'won'; request: ApprovalRequest; decision: Decision; taskToken?: string }
  | { status: 'lost'; request: ApprovalRequest; decision: Decision; taskToken?: string }
  | { status: 'closed'; request: ApprovalRequest }
  | { status: 'unknown' };

/** `counted`: recorded, and `missing` more approvers are needed. `already-voted`: this approver has before. */
export type VoteResult =
  | DecideResult
  | { status: 'counted'; request: ApprovalRequest; missing: number }
  | { status: 'already-voted'; request: ApprovalRequest; missing: number };

/**
 * Each further round means that somebody else's vote was counted in between, or that the requester was found out; 20
 * approvers at once need at most as many rounds.
 */
const ROUNDS = 30;

/**
 * See `Ledger.approve`. The write is conditional on the request being pending, with exactly the votes and the
 * requester that were seen: of two approvals at once one is counted after the other, and by the number of approvers
 * that is needed.
 *
 * @throws OwnRequestError when the approver turns out to be the requester, and it is no break-glass vote
 * @throws TooManyMakersError when events name more makers than are kept
 * @throws LedgerContentionError when others kept writing at once
 */
export async function approve(
  store: Store,
  id: string,
  vote: Vote,
  seen?: ApprovalRequest,
): Promise<VoteResult> {
  const voteId = randomUUID();
  for (let round = 0; round < ROUNDS; round++) {
    const found = (round === 0 ? stillPending(seen) : undefined) ?? (await readStored(store, id));
    if (found === undefined) return { status: 'unknown' };
    // Also after a failed condition: the SDK repeats a write whose answer was lost, and then meets its own vote.
    if (found.voteIds.includes(voteId)) return ownVote(found, voteId);
    const settled = settledResult(found);
    if (settled !== undefined) return settled;
    if (found.request.overnamedBy !== undefined) throw new TooManyMakersError(id);
    if (isOwnRequest(found.request, vote)) throw new OwnRequestError(id);
    const written = await write(store, found, vote, voteId);
    if (written !== undefined) return written;
  }
  throw new LedgerContentionError(id);
}

/** What was seen to be settled is read again: of what became of it since, the reading tells. */
function stillPending(seen: ApprovalRequest | undefined): StoredRequest | undefined {
  return seen?.status === 'pending' ? storedWith(seen) : undefined;
}

function settledResult({ request, taskToken }: StoredRequest): VoteResult | undefined {
  if (request.decision !== undefined) {
    return { status: 'lost', request, decision: request.decision, taskToken };
  }
  return request.status === 'pending' ? undefined : { status: 'closed', request };
}

/** Who approves was checked before, against what was known of the requesters then. */
function isOwnRequest(request: ApprovalRequest, { by, breakGlass }: Vote): boolean {
  if (by.slackUserId === undefined || breakGlass) return false;
  return slackUsersOf(request).includes(by.slackUserId);
}

/** @returns undefined when the request is not any more what was read */
async function write(
  store: Store,
  found: StoredRequest,
  vote: Vote,
  voteId: string,
): Promise<VoteResult | undefined> {
  const { request, voteIds } = found;
  const count = countVote(request, vote);
  if (count.result === 'already-voted') {
    return { status: 'already-voted', request, missing: request.approvalsNeeded - request.votes.length };
  }
  const decided = count.result === 'decided' && {
    ...withStatus('decided'),
    decision: count.decision,
    decisionId: voteId,
  };
  const item = await store.update(
    requestKey(request.id),
    { votes: count.votes, voteIds: [...voteIds, voteId], ...decided },
    unchanged(found),
  );
  return item === undefined ? undefined : ownVote(fromItem(item), voteId);
}

/**
 * Of those who have made it, nothing has been found out since; so their number names the votes.
 *
 * @param status that it still is to have
 */
export function unchanged(
  { voteIds, identifiedId }: StoredRequest,
  status: ApprovalRequest['status'] = 'pending',
): Condition {
  const votes = voteIds.length === 0 ? 'attribute_not_exists(#voteIds)' : 'size(#voteIds) = :votes';
  const identified =
    identifiedId === undefined ? 'attribute_not_exists(#identifiedId)' : '#identifiedId = :id';
  return {
    expression: `#status = :status AND ${votes} AND ${identified}`,
    values: {
      ':status': status,
      ...(voteIds.length > 0 && { ':votes': voteIds.length }),
      ...(identifiedId !== undefined && { ':id': identifiedId }),
    },
  };
}

function ownVote({ request, taskToken, decisionId }: StoredRequest, voteId: string): VoteResult {
  const { decision } = request;
  if (decision !== undefined && decisionId === voteId) return { status: 'won', request, decision, taskToken };
  return { status: 'counted', request, missing: request.approvalsNeeded - request.votes.length };
}
