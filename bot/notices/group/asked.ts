import { type Block, context, section } from '../../slack/blocks/blocks.ts';
import { code, localTime } from '../../slack/blocks/mrkdwn.ts';
import { countOf } from '../../wording/phrases.ts';
import type { WaitingView } from './waiting.ts';
import type { GroupView } from './words.ts';

/** What the requests of a group that wait ask for, at one glance; nothing once none waits. */
export function askedBlocks({ asked, moreWait }: GroupView): Block[] {
  if (asked === undefined) return [];
  return [
    section(
      [
        `*Grants:* ${grantedLine(asked)}`,
        `*First expires:* ${localTime(asked.firstExpires)}`,
        ...approvalsLine(asked),
      ].join('\n'),
    ),
    ...(moreWait ? [context('Others that wait beside these may grant more, and expire earlier.')] : []),
  ];
}

function grantedLine({ granted, moreGranted, grantedOrMore, unreadable }: WaitingView): string {
  const orMore = grantedOrMore ? ' or more' : '';
  const rest = moreGranted > 0 ? ` and ${moreGranted}${orMore} more` : grantedOrMore ? ' and more' : '';
  const names = granted.length === 0 ? [] : [`${granted.map((name) => code(name, 150)).join(', ')}${rest}`];
  const unread = unreadable === 0 ? [] : [`${countOf(unreadable, 'document')} could not be read`];
  return [...names, ...unread].join(' · ');
}

/** Where one approval is enough there is nothing to tell. */
function approvalsLine({ needed: { least, most }, voted }: WaitingView): string[] {
  if (most === 1) return [];
  const approvers = `${least === most ? most : `${least} to ${most}`} approvers`;
  return [`*Approvals:* each needs ${approvers} · ${voted} ${voted === 1 ? 'has' : 'have'} some already`];
}
