import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { DescribedGrant, DescribedSweep } from './words.ts';

/** What a sweep has left alone. Nothing can be decided here. */
export function sweepMessage({ title, says, whatToDo, parts, more }: DescribedSweep): Message {
  return message(`${title}. ${says}`, [
    header(`🧹 ${title}`),
    section(`${says} ${whatToDo}`),
    ...parts.flatMap(({ heading, grants }) =>
      sections([`*${heading}*`, ...grants.map((each) => `• ${grantLine(each)}`)]),
    ),
    ...(more === 0 ? [] : [context(`And ${more} more.`)]),
  ]);
}

/** One line, escaped: what it is, who holds it, since when and by whose doing. */
export function grantLine({ what, holders, how, since, by }: DescribedGrant): string {
  const who = by === undefined ? '' : `, by ${plain(by, 150)}`;
  return `${code(what, 200)}, held by ${plain(holders, 300)}, ${how} ${localTime(since)}${who}`;
}
