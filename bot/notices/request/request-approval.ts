import { OvertakenError } from '../../../workflow/decisions/overtaken-error.ts';
import type { TokenResult } from '../../../workflow/ledger/decisions.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Waiting } from '../../../workflow/steps/payloads.ts';
import { identifyAgain } from '../../approvers/identify-requester.ts';
import { isOwn } from '../../media/slack/api/slack-api.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { AlreadyDecidedError, NotDeliveredError, notShown } from '../delivery/errors.ts';
import { isAsked } from '../delivery/is-asked.ts';
import { RATE_LIMIT_TRIES } from '../delivery/slack-first.ts';
import { showGroup } from '../group/show.ts';
import { tellRequester } from '../requester/tell.ts';
import { ask } from './ask.ts';
import { requestEmail } from './email.ts';
import { refreshRequest } from './show.ts';

export interface WaitInput {
  state: Pick<Waiting, 'requestId' | 'executionArn'>;
  taskToken: string;
  retryCount: number;
}

/**
 * The RequestApproval step: stores the task token, asks, then tells the requester. A retry of a request that was put
 * already only brings its new token, and tells the requester if that is still to do.
 *
 * @throws AlreadyDecidedError, OvertakenError, SlackRateLimitedError, NotDeliveredError
 */
export async function requestApproval(deps: NotifyDeps, input: WaitInput): Promise<void> {
  const { state, taskToken, retryCount } = input;
  const request = await beginWait(deps, state, taskToken);
  if (!isAsked(request)) {
    await ask(deps, await identifyAgain(deps, request), { retryCount, toEmail: requestEmail });
  } else if (wasInForce(request)) await refreshRequest(deps, request.id);
  else if (request.slack !== undefined && !isOwn(request.slack)) await showCrowd(deps, request, retryCount);
  await tellRequester(deps, request.id, retryCount);
}

/** One of a crowd was put before, and the message of its group was not seen to show it. */
async function showCrowd(deps: NotifyDeps, request: ApprovalRequest, retryCount: number): Promise<void> {
  if (!(await showGroup(deps, request)) && retryCount < RATE_LIMIT_TRIES) throw notShown();
}

/** Whether people were asked while the grant was in force: what they read then is not true any more. */
function wasInForce({ quarantinedAt, createdAt }: ApprovalRequest): boolean {
  return quarantinedAt !== undefined && quarantinedAt > createdAt;
}

/**
 * Stores the task token of a wait that begins, before anybody can click, and reads the request.
 *
 * @throws AlreadyDecidedError when there is nothing to wait for any more
 * @throws OvertakenError when another execution waits
 * @throws NotDeliveredError when the ledger did not answer
 */
export async function beginWait(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  { requestId, executionArn }: WaitInput['state'],
  taskToken: string,
): Promise<ApprovalRequest> {
  let stored: TokenResult;
  let request: ApprovalRequest | undefined;
  try {
    stored = await ledger.storeTaskToken({ id: requestId, executionArn }, taskToken);
    request = await ledger.read(requestId);
  } catch (cause) {
    throw new NotDeliveredError('The ledger did not take the wait for a decision.', cause);
  }
  if (stored.status === 'overtaken') throw new OvertakenError(requestId);
  if (stored.status !== 'stored' || request === undefined) throw new AlreadyDecidedError(requestId);
  return request;
}
