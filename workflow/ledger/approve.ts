import { randomUUID } from 'node:crypto';
import { countVote } from './count-votes.ts';
import { LedgerContentionError } from './errors.ts';
import type { VoteResult } from './ledger.ts';
import type { Vote } from './request.ts';
import type { Store } from './store.ts';
import type { StoredRequest } from './stored-request.ts';
import { fromItem, isDraft, withStatus } from './stored-request.ts';
import { requestKey } from './table.ts';

/** Each further round means that somebody else voted in between, and only so many approvers are needed. */
const ROUNDS = 12;

/**
 * See `Ledger.approve`. The write is conditional on the request being pending with exactly the votes that were
 * counted (`voteId` names the last one), so that of two approvals at once one is counted after the other.
 */
export async function approve(store: Store, id: string, vote: Vote): Promise<VoteResult> {
  const voteId = randomUUID();
  for (let round = 0; round < ROUNDS; round++) {
    const found = await readRequest(store, id);
    if (found === undefined) return { status: 'unknown' };
    // Also after a failed condition: the SDK repeats a write whose answer was lost, and then meets its own vote.
    if (found.voteId === voteId) return ownVote(found);
    const settled = settledResult(found);
    if (settled !== undefined) return settled;
    const written = await write(store, found, vote, voteId);
    if (written !== undefined) return written;
  }
  throw new LedgerContentionError(id);
}

async function readRequest(store: Store, id: string): Promise<StoredRequest | undefined> {
  const item = await store.get(requestKey(id));
  return item === undefined || isDraft(item) ? undefined : fromItem(item);
}

function settledResult({ request, taskToken, delivered }: StoredRequest): VoteResult | undefined {
  if (request.decision !== undefined) {
    return { status: 'lost', request, decision: request.decision, taskToken, delivered };
  }
  return request.status === 'pending' ? undefined : { status: 'closed', request };
}

/** @returns undefined when the request is not any more what was read */
async function write(
  store: Store,
  { request, voteId: seen }: StoredRequest,
  vote: Vote,
  voteId: string,
): Promise<VoteResult | undefined> {
  const count = countVote(request, vote);
  if (count.result === 'already-voted') {
    return { status: 'already-voted', request, missing: request.approvalsNeeded - request.votes.length };
  }
  const unchanged = seen === undefined ? 'attribute_not_exists(#voteId)' : '#voteId = :seen';
  const item = await store.update(
    requestKey(request.id),
    {
      votes: count.votes,
      voteId,
      ...(count.result === 'decided' && {
        ...withStatus('decided'),
        decision: count.decision,
        decisionId: voteId,
      }),
    },
    {
      expression: `#status = :pending AND ${unchanged}`,
      values: { ':pending': 'pending', ...(seen !== undefined && { ':seen': seen }) },
    },
  );
  return item === undefined ? undefined : ownVote(fromItem(item));
}

function ownVote({ request, taskToken, decisionId, voteId }: StoredRequest): VoteResult {
  const { decision } = request;
  if (decision !== undefined && decisionId === voteId) return { status: 'won', request, decision, taskToken };
  return { status: 'counted', request, missing: request.approvalsNeeded - request.votes.length };
}
