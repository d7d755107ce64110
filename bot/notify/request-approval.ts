import type { Waiting } from '../../workflow/steps/payloads.ts';
import { requestEmail } from '../email/request-email.ts';
import { ask } from './ask.ts';
import { beginWait } from './begin-wait.ts';
import type { NotifyDeps } from './deps.ts';

export interface WaitInput {
  state: Pick<Waiting, 'requestId'>;
  taskToken: string;
  retryCount: number;
}

/**
 * The RequestApproval step: stores the task token, then asks. A retry of a request that was put already only brings
 * its new token.
 *
 * @throws AlreadyDecidedError, SlackRateLimitedError, NotDeliveredError
 */
export async function requestApproval(deps: NotifyDeps, input: WaitInput): Promise<void> {
  const { state, taskToken, retryCount } = input;
  const request = await beginWait(deps, state.requestId, taskToken);
  if (request.slack !== undefined || request.emailedAt !== undefined) return;
  await ask(deps, request, { retryCount, toEmail: requestEmail });
}
