import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { isLost } from '../../media/slack/api/slack-error.ts';
import { audit } from '../delivery/audit.ts';
import type { Channel, NotifyDeps } from '../delivery/deps.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { groupThread } from '../group/thread.ts';
import { mailRequest, type ToEmail } from './mail.ts';
import { requestPost } from './show.ts';
import { storeMessage } from './store-message.ts';

export interface Asking {
  retryCount: number;
  /** What goes by e-mail when Slack does not take the message. */
  toEmail: ToEmail;
}

/**
 * Puts a request to people: the message with its buttons or, failing that, an e-mail with the links that there may
 * be. Nothing that follows the message or the e-mail can fail, so that a request which was put is never put again.
 *
 * @throws SlackRateLimitedError, NotDeliveredError
 */
export async function ask(deps: NotifyDeps, request: ApprovalRequest, asking: Asking): Promise<Channel> {
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount: asking.retryCount,
    slack: () => post(deps, request, asking.retryCount),
    email: () => mailRequest(deps, request, asking.toEmail, 'is-down'),
  });
  if (told.by === 'slack') await storeMessage(deps, request, told.result);
  await audit(deps, {
    event: 'request.asked',
    requestId: request.id,
    detail: told.by === 'slack' ? 'In Slack.' : 'By e-mail, because Slack did not take it.',
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  return told.by;
}

/** Into the thread of its group, where there is one; by itself also when that thread was deleted. */
async function post(
  deps: NotifyDeps,
  request: ApprovalRequest,
  retryCount: number,
): Promise<SlackMessageRef> {
  const message = requestPost(deps, request);
  const thread = await groupThread(deps, request, retryCount);
  if (thread === undefined) return deps.slack.post(deps.settings.SLACK_CHANNEL, message);
  try {
    return { ...(await deps.slack.reply(thread, message)), threadTs: thread.ts };
  } catch (error) {
    if (!isLost(error)) throw error;
    return deps.slack.post(deps.settings.SLACK_CHANNEL, message);
  }
}
