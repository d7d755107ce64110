import type { ApprovalRequest, Approver, Decision, Vote } from './request.ts';

/** What one more approval makes of a request. */
type Count =
  /** The same approver has approved before: one person, one vote. */
  | { result: 'already-voted' }
  | { result: 'counted'; votes: Vote[]; missing: number }
  | { result: 'decided'; votes: Vote[]; decision: Decision };

/** Counts one more approval. Pure; whether the request still is what was read is the ledger's part. */
export function countVote(
  { votes, approvalsNeeded }: Pick<ApprovalRequest, 'votes' | 'approvalsNeeded'>,
  vote: Vote,
): Count {
  if (votes.some(({ by }) => voterOf(by) === voterOf(vote.by))) return { result: 'already-voted' };
  const all = [...votes, vote];
  if (all.length < approvalsNeeded)
    return { result: 'counted', votes: all, missing: approvalsNeeded - all.length };
  const { by, via, at, reason } = vote;
  const breakGlass = all.some((each) => each.breakGlass);
  return {
    result: 'decided',
    votes: all,
    decision: {
      decision: 'approved',
      by,
      via,
      at,
      ...(reason !== undefined && { reason }),
      ...(breakGlass && { breakGlass }),
    },
  };
}

/**
 * Whether fewer different approvers than a request needs have approved it: then its approval counts for nothing.
 */
export function lacksVotes({
  votes,
  approvalsNeeded,
}: Pick<ApprovalRequest, 'votes' | 'approvalsNeeded'>): boolean {
  return new Set(votes.map(({ by }) => voterOf(by))).size < approvalsNeeded;
}

/** Whether a decision has the grant put back: it was approved, or there was nothing to decide. */
export function putsBack({ decision }: Pick<Decision, 'decision'>): boolean {
  return decision === 'approved' || decision === 'unfounded';
}

/** An e-mail link says nothing of who holds it: all of them together are one voter. */
function voterOf({ slackUserId }: Approver): string {
  return slackUserId ?? 'the e-mail link';
}
