import { header, type Message, message, section } from '../slack/blocks/blocks.ts';
import { mention } from '../slack/blocks/mentions.ts';
import { bold, link, plain, quote } from '../slack/blocks/mrkdwn.ts';
import { approvalSummary } from '../slack/parts/approvals.ts';
import type { RequestView } from '../wording/describe-request.ts';
import { counted } from './group/message.ts';

/** A vote, for the thread of its request. */
export function voteMessage(view: RequestView): Message {
  const text = `☑️ ${approvalSummary(view.approvals)}`;
  return message(text, [section(text)]);
}

/** Somebody has approved their own change: like an escalation, it calls the whole channel. */
export function breakGlassMessage(
  view: RequestView,
  { userId, name, reason }: { userId: string; name: string; reason: string },
  address?: string,
): Message {
  const what = `approved a change of their own: ${plain(view.title, 400)}.`;
  const where = address === undefined ? '' : ` ${link(address, 'Open the request')}`;
  return message(`<!channel> 🚨 Break glass: ${plain(name, 100)} ${what} Reason: ${plain(reason, 300)}`, [
    header(`🚨 Break glass: ${plain(view.policyName, 120)}`),
    section(`<!channel> ${mention(userId)} ${what}${where}`),
    section(quote(reason, 1_000)),
  ]);
}

/** Votes on many requests at once, for the thread of their group. */
export function groupVotesMessage(name: string, votes: number): Message {
  const text = `☑️ ${bold(name, 100)} has approved ${counted(votes)} of this thread; each still needs more approvers.`;
  return message(text, [section(text)]);
}
