import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { Message } from '../slack/messages/blocks.ts';
import { requestMessage } from '../slack/messages/request-message.ts';
import { describeRequest } from '../view/describe-request.ts';
import type { NotifyDeps } from './deps.ts';

/** The message of a request that waits, as it is to be read right now. */
export function requestPost(
  {
    now,
    nudgeRules,
    adminEmail,
    breakGlass,
  }: Pick<NotifyDeps, 'now' | 'nudgeRules' | 'adminEmail' | 'breakGlass'>,
  request: ApprovalRequest,
): Message {
  const options = { now: now(), schedule: nudgeRules, adminEmail: adminEmail !== undefined, breakGlass };
  return requestMessage(describeRequest(request), options);
}
