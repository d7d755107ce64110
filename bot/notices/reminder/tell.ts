import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import { isLost } from '../../media/slack/api/slack-error.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { auditOf } from '../delivery/audit.ts';
import type { Channel, NotifyDeps } from '../delivery/deps.ts';
import { NotDeliveredError } from '../delivery/errors.ts';
import { isAsked } from '../delivery/is-asked.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { showGroup } from '../group/show.ts';
import { type Asking, ask } from '../request/ask.ts';
import { mailRequest } from '../request/mail.ts';
import { refreshRequest } from '../request/show.ts';
import { reminderMessage } from './message.ts';

/** A request that people are reminded of, and those that the same reminder is about. */
interface Reminding extends Asking {
  request: ApprovalRequest;
  others: ApprovalRequest[];
}

/**
 * Reminds whoever may decide.
 *
 * @returns how or, where people have been asked before, why not: such a request waits for the next nudge
 * @throws SlackRateLimitedError, and NotDeliveredError where nobody is known to have been asked
 */
export async function remindApprovers(
  deps: NotifyDeps,
  reminding: Reminding,
): Promise<Channel | NotDeliveredError> {
  const { request } = reminding;
  try {
    return await remindAnyhow(deps, reminding);
  } catch (error) {
    if (!(error instanceof NotDeliveredError) || !isAsked(request)) throw error;
    deps.log.error('Nobody could be reminded; the request goes on waiting.', {
      error,
      requestId: request.id,
    });
    await auditOf(deps, request, 'request.not-reminded', error.message);
    return error;
  }
}

/**
 * In the thread and the channel. A request whose message is not there, because Slack was down or it was deleted, is
 * posted in full.
 */
async function remindAnyhow(deps: NotifyDeps, reminding: Reminding): Promise<Channel> {
  const { request, retryCount, toEmail } = reminding;
  const { slack } = request;
  if (slack === undefined) return ask(deps, request, reminding);
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount,
    slack: () => replyUnlessLost(deps, reminding, slack),
    email: () => mailRequest(deps, request, toEmail, 'is-down'),
  });
  if (told.by === 'email') {
    await auditOf(
      deps,
      request,
      'request.reminded',
      'By e-mail, because Slack did not take it.',
      told.result,
    );
    return told.by;
  }
  if (told.result === 'lost') return ask(deps, request, reminding);
  await auditOf(deps, request, 'request.reminded', 'In Slack.', told.result);
  await Promise.all([refreshRequest(deps, request.id), showGroup(deps, request)]);
  return told.by;
}

async function replyUnlessLost(
  { slack, settings, now }: NotifyDeps,
  { request, others }: Reminding,
  ref: SlackMessageRef,
): Promise<SlackMessageRef | 'lost'> {
  const context = { tell: settings.NOTIFY ?? settings.APPROVERS, now: now(), others: others.length };
  const message = reminderMessage(describeRequest(request), context);
  try {
    return await slack.reply(threadOf(ref), message, { broadcast: true });
  } catch (error) {
    if (!isLost(error)) throw error;
    return 'lost';
  }
}
