import { actions, button, context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { mention, mentionApprovers } from '../../media/slack/blocks/mentions.ts';
import { bold, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { ACTION } from '../../media/slack/identifiers.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { askedBlocks } from './waiting.ts';
import type { DescribedGroup } from './words.ts';

/** The message at the top of the thread, as it is posted and as it is updated while decisions come. */
export function groupMessage(group: DescribedGroup, approvers: readonly string[]): Message {
  const { who, slackId, waiting, moreWait, severity } = group;
  const person = slackId === undefined ? bold(who, 300) : mention(slackId);
  const ended = waiting === 0 && !moreWait;
  const worst = severity === undefined || waiting === 0 ? '' : ` · ${severity.toUpperCase()}`;
  const waits = `${countOf(waiting, 'change')}${moreWait ? ' or more' : ''} held${worst}`;
  const title = ended ? endedTitle(group) : waits;
  const text = `${title}: ${plain(who, 300)}. ${standing(group)}`;
  return message(text, [
    header(`${ended ? 'ℹ️' : '🔒'} ${title}: ${plain(who, 100)}`),
    section(`${person} makes many changes at once. ${whereTheyStand(group)}\n${standing(group)}`),
    ...(group.worst === undefined ? [] : [section(`*The worst:* ${plain(group.worst, 200)}`)]),
    ...askedBlocks(group.asked, moreWait),
    ...(ended ? [] : [buttons(group.requestId), whoDecides(approvers)]),
  ]);
}

function whereTheyStand({ crowd }: DescribedGroup): string {
  if (crowd === 0) return 'Each is in this thread, with its own buttons.';
  return (
    `Too many for a message each: ${countOf(crowd, 'change')} of them that wait ${crowd === 1 ? 'is' : 'are'} not in this thread. ` +
    'The buttons below list them; `/policy-guard pending` does too, and `/policy-guard show ID` decides one.'
  );
}

/** Nobody has decided what has expired, nor what has ended otherwise. */
function endedTitle({ approved, denied, expired, other, moreEnded }: DescribedGroup): string {
  if (expired + other === 0) return 'All decided';
  return approved + denied + other === 0 && !moreEnded ? 'All expired' : 'All ended';
}

function standing({
  waiting,
  approved,
  denied,
  expired,
  other,
  moreWait,
  moreEnded,
}: DescribedGroup): string {
  const wait = moreWait ? ' or more' : '';
  const end = moreEnded ? ' or more' : '';
  const parts = [
    `${waiting}${wait} waiting`,
    `${approved}${end} approved`,
    `${denied}${end} denied`,
    ...(expired === 0 ? [] : [`${expired}${end} expired`]),
    ...(other === 0 ? [] : [`${other}${end} ended otherwise`]),
  ];
  return `${parts.join(', ')}.`;
}

/** The value is a request's id and nothing else; what waits is found when the click comes. */
function buttons(value: string): Block {
  return actions([
    button(ACTION.approveAll, 'Approve all…', { value, style: 'primary' }),
    button(ACTION.denyAll, 'Deny all…', { value, style: 'danger' }),
  ]);
}

function whoDecides(approvers: readonly string[]): Block {
  return context(`Both buttons first list what they decide · these may: ${mentionApprovers(approvers)}`);
}
