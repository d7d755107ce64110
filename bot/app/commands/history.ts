import { context, header, message, textMessage } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { describeLatest, historyLine, readPast } from '../past-requests.ts';
import { inChannelOnly } from './subcommand.ts';

const USUAL = 10;
const MOST = 50;

/** `/policy-guard history [n]`: what became of the latest requests, newest first. */
export const history = inChannelOnly(async (deps, { argument }) => {
  const count = argument === '' ? USUAL : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    return textMessage(`How many? \`/policy-guard history 20\`; at most ${MOST}.`);
  }
  const limit = Math.min(count, MOST);
  const latest = describeLatest(await readPast(deps, limit), limit);
  return historyMessage(latest, count > MOST ? ` At most ${MOST} are read.` : '');
});

/** What the headline and the footer need at most. */
const FRAME = 500;

/** What became of the latest requests, newest first; `limited` says where fewer were read than were asked for. */
export function historyMessage(requests: readonly DescribedRequest[], limited = ''): Message {
  const title = requests.length === 0 ? 'Nothing has been decided yet' : `The latest ${requests.length}`;
  const { shown, left } = takeWithin(requests.map(historyLine), LIMIT.messageText - FRAME);
  const rest = left === 0 ? '' : ` ${left} more are not shown: there is no room for them in one message.`;
  return message(title, [
    header(title),
    ...sections(shown),
    context(`\`/policy-guard show ID\` shows one request.${limited}${rest}`),
  ]);
}
