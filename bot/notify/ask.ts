import type { ApprovalRequest, SlackMessageRef } from '../../workflow/ledger/request.ts';
import type { DecisionLinks } from '../email/decision-part.ts';
import { decisionLinks } from '../email/decision-part.ts';
import type { Email } from '../email/email.ts';
import type { RequestMessageOptions } from '../slack/messages/request-message.ts';
import { requestMessage } from '../slack/messages/request-message.ts';
import type { RequestView } from '../view/describe-request.ts';
import { describeRequest } from '../view/describe-request.ts';
import type { Channel, NotifyDeps } from './deps.ts';
import { slackFirst } from './slack-first.ts';
import { writeDown } from './write-down.ts';

export interface Asking {
  retryCount: number;
  /** What goes by e-mail when Slack does not take the message. */
  toEmail: (view: RequestView, links: DecisionLinks) => Email;
}

/**
 * Puts a request to people: the message with its buttons or, failing that, an e-mail with both links. Nothing that
 * follows the message or the e-mail can fail, so that a request which was put is never put again.
 *
 * @throws SlackRateLimitedError, NotDeliveredError
 */
export async function ask(deps: NotifyDeps, request: ApprovalRequest, asking: Asking): Promise<Channel> {
  const view = describeRequest(request);
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount: asking.retryCount,
    slack: () => deps.slack.post(deps.channel, requestMessage(view, messageOptions(deps))),
    email: () => mailRequest(deps, request, asking.toEmail),
  });
  if (told.by === 'slack') await keepMessage(deps, request.id, told.result);
  await writeDown(deps, {
    event: 'request.asked',
    requestId: request.id,
    detail: told.by === 'slack' ? 'In Slack.' : 'By e-mail, because Slack did not take it.',
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  return told.by;
}

/** Sends an e-mail with both links. @throws SecretUnusableError, WeakLinkKeyError, EmailNotSentError */
export async function mailRequest(
  deps: NotifyDeps,
  request: ApprovalRequest,
  toEmail: Asking['toEmail'],
): Promise<void> {
  const links = decisionLinks(request, deps.publicUrl, await deps.linkKey(), deps.now());
  await deps.email.send(toEmail(describeRequest(request), links));
  try {
    await deps.ledger.storeEmailed(request.id, deps.now().toISOString());
  } catch (error) {
    deps.log.error('That a request went by e-mail could not be stored.', { error, requestId: request.id });
  }
}

function messageOptions({ now, nudgeRules, adminEmail }: NotifyDeps): RequestMessageOptions {
  return { now: now(), schedule: nudgeRules, adminEmail: adminEmail !== undefined };
}

/** Without it the message keeps its buttons, and the outcome is posted anew: a click on it is told who decided. */
async function keepMessage({ ledger, log }: NotifyDeps, requestId: string, ref: SlackMessageRef) {
  try {
    await ledger.storeSlackMessage(requestId, ref);
  } catch (error) {
    log.error('Where a request stands in Slack could not be stored.', { error, requestId, ...ref });
  }
}
