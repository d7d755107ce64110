import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { identifyAgain } from '../../approvers/identify-requester.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { adminNotTold, remindAdmin, undecidedEmail } from '../administrator-email.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { NotDeliveredError } from '../delivery/errors.ts';
import { remindsForGroup } from '../group/rule.ts';
import { groupMembers } from '../group/show.ts';
import type { NotifyPayload } from '../payload.ts';
import type { Asking } from '../request/ask.ts';
import { beginWait, type WaitInput } from '../request/request-approval.ts';
import { tellRequester } from '../requester/tell.ts';
import { reminderEmail } from './email.ts';
import { remindApprovers } from './tell.ts';

interface RemindInput extends WaitInput {
  state: Pick<Extract<NotifyPayload, { step: 'remind' }>['state'], 'requestId' | 'executionArn' | 'due'>;
}

/**
 * The Remind step: stores the new task token, then does what is due: a reminder to the approvers, an e-mail to the
 * administrator, both or, after a wait that ended early, nothing. Of a group only the oldest that waits does it. A
 * request that people have been asked about goes on waiting although they can't be reminded.
 *
 * @throws AlreadyDecidedError, OvertakenError, SlackRateLimitedError, NotDeliveredError
 */
export async function remind(deps: NotifyDeps, { state, taskToken, retryCount }: RemindInput): Promise<void> {
  const found = await beginWait(deps, state, taskToken);
  if (state.due.length === 0) return;
  const request = await identifyAgain(deps, found);
  // Better a reminder of each than none of any, when the ledger can't tell who belongs together.
  const members =
    (await bestEffort(
      deps.log.warn,
      'The group of a request could not be read.',
      { requestId: request.id },
      () => groupMembers(deps, request),
    )) ?? [];
  if (!remindsForGroup(request, members)) return;
  const others = members.filter(({ id, status }) => id !== request.id && status === 'pending');
  const admin = state.due.includes('admin-email');
  // When Slack is away, one e-mail does for both.
  const email = admin ? undecidedEmail : reminderEmail;
  const toEmail: Asking['toEmail'] = (described, links) =>
    email(described, links, others.map(describeRequest));
  const reminding = { request, others, retryCount, toEmail };
  const reminded = state.due.includes('reminder') ? await remindApprovers(deps, reminding) : undefined;
  if (admin && reminded instanceof NotDeliveredError) await adminNotTold(deps, request, reminded);
  else if (admin && reminded !== 'email') await remindAdmin(deps, request, reminding);
  await tellRequester(deps, request.id);
}
