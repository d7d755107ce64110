import type { RequestView } from '../../view/describe-request.ts';
import type { Message } from './blocks.ts';
import { context, message, section } from './blocks.ts';
import { code, localTime, plain } from './mrkdwn.ts';

/**
 * A reply in the request's thread that the channel sees too, so that the request is not lost in a busy channel:
 * Slack shows it with a link to the thread, at whose top the buttons are.
 */
export function reminderMessage(view: RequestView): Message {
  const text = `⏰ Still waiting for a decision: ${plain(view.title, 400)}`;
  return message(text, [
    section(text),
    context(
      `The buttons are on the message above · expires ${localTime(view.expires)}, which denies it · request ${code(view.requestId, 80)}`,
    ),
  ]);
}
