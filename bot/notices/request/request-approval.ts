import type { Waiting } from '../../../workflow/steps/payloads.ts';
import { identifyAgain } from '../../approvers/identify-requester.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { tellRequester } from '../requester/tell.ts';
import { ask } from './ask.ts';
import { beginWait } from './begin-wait.ts';
import { requestEmail } from './email.ts';
import { isAsked } from './is-asked.ts';

export interface WaitInput {
  state: Pick<Waiting, 'requestId'>;
  taskToken: string;
  retryCount: number;
}

/**
 * The RequestApproval step: stores the task token, asks, then tells the requester. A retry of a request that was put
 * already only brings its new token, and tells the requester if that is still to do.
 *
 * @throws AlreadyDecidedError, SlackRateLimitedError, NotDeliveredError
 */
export async function requestApproval(deps: NotifyDeps, input: WaitInput): Promise<void> {
  const { state, taskToken, retryCount } = input;
  const request = await beginWait(deps, state.requestId, taskToken);
  if (!isAsked(request)) {
    await ask(deps, await identifyAgain(deps, request), { retryCount, toEmail: requestEmail });
  }
  await tellRequester(deps, request.id, retryCount);
}
