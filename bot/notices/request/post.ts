import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import type { Message } from '../../slack/blocks/blocks.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { requestMessage } from './message.ts';

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
