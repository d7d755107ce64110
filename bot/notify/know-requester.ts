import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { identifyRequester } from '../approvers/identify-requester.ts';
import type { NotifyDeps } from './deps.ts';

/**
 * Asks once more who the requester is in Slack, where Slack could not be asked before. Never throws: without an answer
 * the request stays what it is.
 *
 * @returns the request as it now is
 */
export async function knowRequester(deps: NotifyDeps, request: ApprovalRequest): Promise<ApprovalRequest> {
  if (request.requester?.status !== 'unknown') return request;
  try {
    const { requester, approvalsNeeded } = await identifyRequester(deps, request);
    if (requester === undefined || requester.status === 'unknown') return request;
    const stored = await deps.ledger.storeRequester(request.id, requester, approvalsNeeded);
    return stored ? { ...request, requester, approvalsNeeded } : request;
  } catch (error) {
    deps.log.warn('Who the requester is could not be found out.', { error, requestId: request.id });
    return request;
  }
}
