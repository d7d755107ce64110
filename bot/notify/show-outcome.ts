import type { SlackMessageRef } from '../../workflow/ledger/request.ts';
import type { Message } from '../slack/messages/blocks.ts';
import { outcomeMessage, outcomeReply } from '../slack/messages/decided-message.ts';
import type { EndedRequest } from '../view/describe-outcome.ts';
import { describeOutcome } from '../view/describe-outcome.ts';
import { describeRequest } from '../view/describe-request.ts';
import type { NotifyDeps } from './deps.ts';
import { isLost } from './lost-message.ts';

/**
 * The end of a request in Slack: its message loses the buttons and says what has happened, and its thread too. A
 * request that has no message there, or none that can be changed, gets a new one.
 *
 * @throws SlackCallError
 */
export async function showOutcome(
  { slack, channel }: Pick<NotifyDeps, 'slack' | 'channel'>,
  request: EndedRequest,
): Promise<void> {
  const outcome = describeOutcome(request);
  const message = outcomeMessage(describeRequest(request), outcome);
  if (request.slack !== undefined && (await updateUnlessLost(slack, request.slack, message))) {
    await slack.reply(request.slack, outcomeReply(outcome));
  } else await slack.post(channel, message);
}

/** @returns false when the message is lost */
export async function updateUnlessLost(
  slack: Pick<NotifyDeps['slack'], 'update'>,
  ref: SlackMessageRef,
  message: Message,
): Promise<boolean> {
  try {
    await slack.update(ref, message);
    return true;
  } catch (error) {
    if (!isLost(error)) throw error;
    return false;
  }
}
