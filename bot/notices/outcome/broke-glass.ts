import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';

/** Whether the requester has approved their own change, as BREAK_GLASS allows: whatever became of it, people hear of it. */
export function brokeGlass({ decision, votes }: Pick<ApprovalRequest, 'decision' | 'votes'>): boolean {
  return decision?.breakGlass === true || votes.some((vote) => vote.breakGlass === true);
}
