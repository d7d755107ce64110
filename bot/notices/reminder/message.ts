import { context, message, section } from '../../media/slack/blocks/blocks.ts';
import { mentionApprovers } from '../../media/slack/blocks/mentions.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { describeMissing } from '../../media/wording/describe-approvals.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { countOf, duration } from '../../media/wording/phrases.ts';

interface ReminderContext {
  /** Who is called: NOTIFY or, unset, whoever may decide. */
  tell: readonly string[];
  now: Date;
  /** How many other requests in the same thread wait; they are reminded of by this one message. */
  others: number;
}

/**
 * A reply in the request's thread that the channel sees too, so that the request is not lost in a busy channel:
 * Slack shows it with a link to the thread, at whose top the buttons are. It calls
 * people whatever the severity.
 */
export function reminderMessage(request: DescribedRequest, { tell, now, others }: ReminderContext): Message {
  const waited = duration(now.getTime() - Date.parse(request.created.iso));
  const left = duration(Date.parse(request.expires.iso) - now.getTime());
  const more = others === 0 ? '' : `, and ${countOf(others, 'other change')} in this thread`;
  const text = `⏰ Still waiting for a decision, for ${waited}: ${plain(request.title, 400)}${more}`;
  const buttons =
    others === 0 ? 'The buttons are on the message above' : 'The buttons are on the messages in this thread';
  return message(`${text}. Expires in ${left}.`, [
    section(`${text}.\n${mentionApprovers(tell)}`),
    section(plain(`${describeMissing(request.approvals)}.`, 600)),
    context(
      `${buttons} · expires in ${left}, ${localTime(request.expires)}, which denies it · request ${code(request.requestId, 80)}`,
    ),
  ]);
}
