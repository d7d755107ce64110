import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { DescribedGrant, DescribedSweep } from './words.ts';

/** What a sweep has left alone. Nothing can be decided here. */
export function sweepMessage({ title, says, whatToDo, grants, more }: DescribedSweep): Message {
  return message(`${title}. ${says}`, [
    header(`🧹 ${title}`),
    section(`${says} ${whatToDo}`),
    ...sections(grants.map(grantLine)),
    ...(more === 0 ? [] : [context(`And ${more} more.`)]),
  ]);
}

function grantLine({ what, holders, since }: DescribedGrant): string {
  return `• ${code(what, 200)}, held by ${plain(holders, 300)}, seen since ${localTime(since)}`;
}
