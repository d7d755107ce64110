import { counted } from '../../view/count-words.ts';
import type { GroupView } from '../../view/describe-group.ts';
import { groupValue } from '../group-value.ts';
import { ACTION } from '../identifiers.ts';
import type { Block, Message } from './blocks.ts';
import { context, header, message, section } from './blocks.ts';
import { mentions } from './mentions.ts';
import { plain } from './mrkdwn.ts';

const GROUP_BLOCK = 'group';

/**
 * The message in whose thread the requests of one requester stand, each with its own buttons. It has buttons for all
 * of them while any waits.
 */
export function groupMessage(view: GroupView, approvers: readonly string[]): Message {
  const title = headline(view, 100);
  const severity = view.severity === undefined ? [] : [`Worst severity: *${view.severity}*`];
  return message(`${title}. Each of them stands in the thread.`, [
    header(`${view.waiting === 0 ? 'ℹ️' : '🔒'} ${title}`),
    section([`${counts(view)}.`, ...severity].join('\n')),
    section('Each request stands in the thread of this message and can be decided there by itself.'),
    ...(view.waiting === 0 ? [] : [buttons(view), context(`Who may decide: ${mentions(approvers)}`)]),
  ]);
}

function headline({ waiting, who, more }: GroupView, longest: number): string {
  const name = plain(who, longest);
  if (waiting === 0) return `No change by ${name} waits any more`;
  const count = counted(waiting, 'change');
  return `${count}${more ? ' or more' : ''} by ${name} ${waiting === 1 ? 'waits' : 'wait'} for a decision`;
}

function counts({ total, more, states }: GroupView): string {
  return `${counted(total, 'request')}${more ? ' or more' : ''} in the thread: ${states.join(', ')}`;
}

function buttons(view: GroupView): Block {
  const button = (actionId: string, text: string) => ({
    type: 'button' as const,
    action_id: actionId,
    text: { type: 'plain_text' as const, text },
    value: groupValue(view.requesterKey),
  });
  return {
    type: 'actions',
    block_id: GROUP_BLOCK,
    elements: [
      { ...button(ACTION.approveAll, 'Approve all…'), style: 'primary' },
      { ...button(ACTION.denyAll, 'Deny all…'), style: 'danger' },
    ],
  };
}
