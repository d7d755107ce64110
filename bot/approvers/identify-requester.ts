import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { NotifyDeps } from '../notify/deps.ts';

/** Who made a change, in Slack, and how many approvers that takes. */
export async function identifyRequester(
  { approvalsRequired }: NotifyDeps,
  _request: ApprovalRequest,
): Promise<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>> {
  return { approvalsNeeded: approvalsRequired };
}
