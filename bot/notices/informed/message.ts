import { type Information, MOST_INFORMED } from '../../../workflow/ledger/informed.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { bold, code, localMinute, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { countOf, enumerate, moment } from '../../media/wording/phrases.ts';

/** What the channel is only informed of, in words that follow a number of changes. */
export type InformedOf = 'ended before anybody was asked' | 'let through' | 'only observed';

/** Whoever made most of them, and as many others. */
const MOST_MAKERS = 8;

/** The one message for all of a window that have none of their own. */
export function informedMessage(of: InformedOf, since: string, informed: readonly Information[]): Message {
  const or = informed.length < MOST_INFORMED ? '' : ' or more';
  const title = `${informed.length}${or} changes ${of}`;
  const begun = moment(since);
  const makers = byMaker(informed);
  const others = makers.length - MOST_MAKERS;
  return message(`${title}, since ${begun.text}. Nobody has to decide any of them.`, [
    header(`ℹ️ ${title}`),
    section(
      `So many within ten minutes, since ${localMinute(begun)}, that the further ones are counted here instead of a message each. Nobody has to decide any of them.${of === 'only observed' ? UNTOUCHED : ''}`,
    ),
    ...sections([
      ...makers.slice(0, MOST_MAKERS).map(makerLine),
      ...(others > 0 ? [`_… and ${countOf(others, 'other')} who made fewer or as many._`] : []),
    ]),
    context(`Each of them: ${code(`npm run audit -- --since ${since}`)}`),
  ]);
}

const UNTOUCHED = ' *Nothing was touched: what they grant is in force.*';

/** Whoever made most first; of each, oldest first. */
function byMaker(informed: readonly Information[]): [Information, ...Information[]][] {
  const makers = new Map<string, [Information, ...Information[]]>();
  for (const each of informed) {
    const others = makers.get(each.who);
    if (others === undefined) makers.set(each.who, [each]);
    else others.push(each);
  }
  return [...makers.values()].sort((one, other) => other.length - one.length);
}

function makerLine(made: [Information, ...Information[]]): string {
  const [{ who }] = made;
  const ends = [...new Set(made.map(({ ended }) => ended))].map(
    (end) => `${made.filter(({ ended }) => ended === end).length} ${end}`,
  );
  const last = made.at(-1)?.what ?? '';
  return `• ${bold(who, 100)}: ${plain(enumerate(ends, 5), 150)} · the last: ${plain(last, 200)}`;
}
