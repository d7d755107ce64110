import type { ApprovalRequest, SlackMessageRef } from '../../workflow/ledger/request.ts';
import { reminderEmail } from '../email/request-email.ts';
import { reminderMessage } from '../slack/messages/reminder.ts';
import { describeRequest } from '../view/describe-request.ts';
import { ask, mailRequest } from './ask.ts';
import { beginWait } from './begin-wait.ts';
import type { NotifyDeps } from './deps.ts';
import { isLost } from './lost-message.ts';
import type { WaitInput } from './request-approval.ts';
import { slackFirst } from './slack-first.ts';
import { writeDown } from './write-down.ts';

/**
 * The Remind step: stores the new task token, then reminds in the thread and the channel. A request whose message is
 * not there, because Slack was down or it was deleted, is posted in full; by e-mail go both links once more.
 *
 * @throws AlreadyDecidedError, SlackRateLimitedError, NotDeliveredError
 */
export async function remind(deps: NotifyDeps, { state, taskToken, retryCount }: WaitInput): Promise<void> {
  const request = await beginWait(deps, state.requestId, taskToken);
  const { slack } = request;
  const reminded = slack !== undefined && (await remindInThread(deps, request, slack, retryCount));
  if (!reminded) await ask(deps, request, { retryCount, toEmail: reminderEmail });
}

/** @returns false when the message is lost, so that there is no thread */
async function remindInThread(
  deps: NotifyDeps,
  request: ApprovalRequest,
  slack: SlackMessageRef,
  retryCount: number,
): Promise<boolean> {
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount,
    slack: () => replyUnlessLost(deps, request, slack),
    email: () => mailRequest(deps, request, reminderEmail),
  });
  if (told.by === 'slack' && told.result === 'lost') return false;
  await writeDown(deps, {
    event: 'request.reminded',
    requestId: request.id,
    detail: told.by === 'slack' ? 'In Slack.' : 'By e-mail, because Slack did not take it.',
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  return true;
}

async function replyUnlessLost(
  deps: NotifyDeps,
  request: ApprovalRequest,
  slack: SlackMessageRef,
): Promise<'replied' | 'lost'> {
  try {
    await deps.slack.reply(slack, reminderMessage(describeRequest(request)), { broadcast: true });
    return 'replied';
  } catch (error) {
    if (!isLost(error)) throw error;
    return 'lost';
  }
}
