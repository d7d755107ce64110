import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { amongOthers } from '../../media/slack/api/slack-api.ts';
import { isLost } from '../../media/slack/api/slack-error.ts';
import { auditOf } from '../delivery/audit.ts';
import type { Channel, NotifyDeps } from '../delivery/deps.ts';
import { notShown } from '../delivery/errors.ts';
import { RATE_LIMIT_TRIES, slackFirst } from '../delivery/slack-first.ts';
import { groupPlace } from '../group/thread.ts';
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
 * be. Nothing that follows the message or the e-mail can fail, so that a request which was put is never put again; but
 * one of a crowd is only put once the message of its group shows it.
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
  const shown = told.by === 'email' || (await storeMessage(deps, request, told.result));
  const how = told.by === 'slack' ? 'In Slack.' : 'By e-mail, because Slack did not take it.';
  await auditOf(deps, request, 'request.asked', how, told.result);
  if (!shown && asking.retryCount < RATE_LIMIT_TRIES) throw notShown();
  return told.by;
}

/**
 * Into the thread of its group, where there is one, or only into the message at its top; by itself also when that
 * thread was deleted.
 */
async function post(
  deps: NotifyDeps,
  request: ApprovalRequest,
  retryCount: number,
): Promise<SlackMessageRef> {
  const message = requestPost(deps, request);
  const place = await groupPlace(deps, request, retryCount);
  if (place === undefined) return deps.slack.post(deps.settings.SLACK_CHANNEL, message);
  const top = place.message;
  if (place.crowded) return amongOthers(top);
  try {
    return { ...(await deps.slack.reply(top, message)), threadTs: top.ts };
  } catch (error) {
    if (!isLost(error)) throw error;
    return deps.slack.post(deps.settings.SLACK_CHANNEL, message);
  }
}
