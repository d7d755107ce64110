import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { type DescribedRequest, describeRequest } from '../wording/describe-request.ts';

/** What became of requests, newest first by the time of the decision or the end. */
export function describeLatest(requests: readonly ApprovalRequest[], count: number): DescribedRequest[] {
  const at = ({ decision, closedAt, createdAt }: ApprovalRequest) =>
    Date.parse(decision?.at ?? closedAt ?? createdAt);
  return requests
    .toSorted((one, other) => at(other) - at(one))
    .slice(0, count)
    .map(describeRequest);
}
