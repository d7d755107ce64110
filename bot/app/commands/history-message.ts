import { context, header, type Message, message, sections, takeWithin } from '../../slack/blocks/blocks.ts';
import { LIMIT } from '../../slack/blocks/limits.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
import { historyLine } from '../history-line.ts';

/** What the headline and the footer need at most. */
const FRAME = 500;

/** What became of the latest requests, newest first. */
export function historyMessage(views: readonly DescribedRequest[]): Message {
  const title = views.length === 0 ? 'Nothing has been decided yet' : `The latest ${views.length}`;
  const { shown, left } = takeWithin(views.map(historyLine), LIMIT.messageText - FRAME);
  const rest = left === 0 ? '' : ` ${left} more are not shown: there is no room for them in one message.`;
  return message(title, [
    header(title),
    ...sections(shown),
    context(`\`/policy-guard show ID\` shows one request.${rest}`),
  ]);
}
