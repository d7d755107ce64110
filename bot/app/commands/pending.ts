import { context, header, message } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { inChannelOnly } from './subcommand.ts';

/** More would not be read; the oldest are the next to expire, and reminders bring those up. */
const MOST = 20;

/** `/policy-guard pending`: the requests that wait, newest first. */
export const pending = inChannelOnly(async ({ ledger }) => {
  const requests = await ledger.list('pending', MOST);
  return pendingMessage(requests.map(describeRequest), requests.length === MOST);
});

/** What the headline and the footer need at most. */
const FRAME = 500;

/**
 * The requests that wait, one line each.
 *
 * @param more whether there may be others beyond these
 */
export function pendingMessage(requests: readonly DescribedRequest[], more: boolean): Message {
  const title =
    requests.length === 0
      ? 'No request waits for a decision'
      : `${requests.length}${more ? ' or more' : ''} waiting`;
  const lines = requests.map(
    ({ requestId, title, severity, expires }) =>
      `• ${code(requestId, 80)} ${plain(title, 300)}${severity === undefined ? '' : ` · severity ${severity}`} · expires ${localTime(expires)}`,
  );
  const { shown, left } = takeWithin(lines, LIMIT.messageText - FRAME);
  const rest = left === 0 ? '' : ` ${left} more are not shown.`;
  return message(title, [
    header(title),
    ...sections(shown),
    context(
      `The buttons are on the messages in this channel; \`/policy-guard show ID\` shows one request.${rest}`,
    ),
  ]);
}
