import { textMessage } from '../../slack/blocks/blocks.ts';
import { describeLatest } from '../describe-latest.ts';
import { readPast } from '../past-requests.ts';
import { inChannelOnly } from './channel-only.ts';
import { historyMessage } from './history-message.ts';

const USUAL = 10;
const MOST = 50;

/** `/policy-guard history [n]`: what became of the latest requests, newest first. */
export const history = inChannelOnly(async (deps, { argument }) => {
  const count = argument === '' ? USUAL : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    return textMessage(`How many? \`/policy-guard history 20\`; at most ${MOST}.`);
  }
  const limit = Math.min(count, MOST);
  return historyMessage(describeLatest(await readPast(deps, limit), limit));
});
