import type { ApprovalRequest, SlackMessageRef } from '../../workflow/ledger/request.ts';
import { identifyAgain } from '../approvers/identify-requester.ts';
import { reminderEmail, undecidedEmail } from '../email/reminder-emails.ts';
import { reminderMessage } from '../slack/messages/reminder.ts';
import { threadOf } from '../slack/thread-of.ts';
import { describeRequest } from '../view/describe-request.ts';
import type { Asking } from './ask.ts';
import { ask } from './ask.ts';
import { beginWait } from './begin-wait.ts';
import type { Channel, NotifyDeps } from './deps.ts';
import { remindsForGroup } from './group-rule.ts';
import { isLost } from './lost-message.ts';
import { mailRequest } from './mail-request.ts';
import type { NotifyPayload } from './payload.ts';
import { refreshRequest } from './refresh-request.ts';
import { remindAdmin } from './remind-admin.ts';
import type { WaitInput } from './request-approval.ts';
import { groupMembers, showGroup } from './show-group.ts';
import { slackFirst } from './slack-first.ts';
import { tellRequester } from './tell-requester.ts';
import { writeDown } from './write-down.ts';

export interface RemindInput extends WaitInput {
  state: Pick<Extract<NotifyPayload, { step: 'remind' }>['state'], 'requestId' | 'due'>;
}

/** A request that people are reminded of, and those that the same reminder is about. */
interface Reminding extends Asking {
  request: ApprovalRequest;
  others: ApprovalRequest[];
}

/**
 * The Remind step: stores the new task token, then does what is due: a reminder to the approvers, an e-mail to the
 * administrator, both or, after a wait that ended early, nothing. Of a group only the oldest that waits does it.
 *
 * @throws AlreadyDecidedError, SlackRateLimitedError, NotDeliveredError
 */
export async function remind(deps: NotifyDeps, { state, taskToken, retryCount }: RemindInput): Promise<void> {
  const found = await beginWait(deps, state.requestId, taskToken);
  if (state.due.length === 0) return;
  const request = await identifyAgain(deps, found);
  const members = await membersQuietly(deps, request);
  if (!remindsForGroup(request, members)) return;
  const others = members.filter(({ id, status }) => id !== request.id && status === 'pending');
  const admin = state.due.includes('admin-email');
  // When Slack is away, one e-mail does for both.
  const email = admin ? undecidedEmail : reminderEmail;
  const toEmail: Asking['toEmail'] = (view, links) => email(view, links, others.map(describeRequest));
  const reminded = state.due.includes('reminder')
    ? await remindApprovers(deps, { request, others, retryCount, toEmail })
    : undefined;
  if (admin && reminded !== 'email') await remindAdmin(deps, request, toEmail, reminded);
  await tellRequester(deps, request.id);
}

/** Better a reminder of each than none of any, when the ledger can't tell who belongs together. */
async function membersQuietly(deps: NotifyDeps, request: ApprovalRequest): Promise<ApprovalRequest[]> {
  try {
    return await groupMembers(deps, request);
  } catch (error) {
    deps.log.warn('The group of a request could not be read.', { error, requestId: request.id });
    return [];
  }
}

/**
 * In the thread and the channel. A request whose message is not there, because Slack was down or it was deleted, is
 * posted in full.
 */
async function remindApprovers(deps: NotifyDeps, reminding: Reminding): Promise<Channel> {
  const { request, retryCount, toEmail } = reminding;
  const { slack } = request;
  if (slack === undefined) return ask(deps, request, reminding);
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount,
    slack: () => replyUnlessLost(deps, reminding, slack),
    email: () => mailRequest(deps, request, toEmail),
  });
  if (told.by === 'slack' && told.result === 'lost') return ask(deps, request, reminding);
  await writeDown(deps, {
    event: 'request.reminded',
    requestId: request.id,
    detail: told.by === 'slack' ? 'In Slack.' : 'By e-mail, because Slack did not take it.',
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  if (told.by === 'slack') await Promise.all([refreshRequest(deps, request.id), showGroup(deps, request)]);
  return told.by;
}

async function replyUnlessLost(
  { slack, approvers, now }: NotifyDeps,
  { request, others }: Reminding,
  ref: SlackMessageRef,
): Promise<'replied' | 'lost'> {
  const context = { approvers, now: now(), others: others.length };
  const message = reminderMessage(describeRequest(request), context);
  try {
    await slack.reply(threadOf(ref), message, { broadcast: true });
    return 'replied';
  } catch (error) {
    if (!isLost(error)) throw error;
    return 'lost';
  }
}
