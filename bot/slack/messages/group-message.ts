import type { Severity } from '../../../workflow/inspection/finding.ts';
import { ACTION } from '../identifiers.ts';
import type { Block, Message } from './blocks.ts';
import { context, header, message, section } from './blocks.ts';
import { mentionApprovers } from './mentions.ts';
import { bold, plain } from './mrkdwn.ts';

/** Many changes by one requester, which are asked about in one thread. All of one group. */
export interface GroupView {
  /** Who made the changes, as a person reads it. */
  who: string;
  waiting: number;
  approved: number;
  denied: number;
  /** Ended otherwise: expired, superseded, gone, failed. */
  other: number;
  /** The worst of any that waits. */
  severity?: Severity;
  /** Any request of the group: by it the buttons find the requester. */
  requestId: string;
}

/** The message at the top of the thread, as it is posted and as it is updated while decisions come. */
export function groupMessage(view: GroupView, approvers: readonly string[]): Message {
  const { who, waiting, severity } = view;
  const worst = severity === undefined || waiting === 0 ? '' : ` · ${severity.toUpperCase()}`;
  const title = waiting === 0 ? 'All decided' : `${counted(waiting)} held${worst}`;
  const text = `${title}: ${plain(who, 300)}. ${standing(view)}`;
  return message(text, [
    header(`${waiting === 0 ? 'ℹ️' : '🔒'} ${title}: ${plain(who, 100)}`),
    section(
      `${bold(who, 300)} makes many changes at once. Each is in this thread, with its own buttons.\n${standing(view)}`,
    ),
    ...(waiting === 0 ? [] : [buttons(view.requestId), whoDecides(approvers)]),
  ]);
}

/** `40 changes`. */
export function counted(changes: number): string {
  return `${changes} ${changes === 1 ? 'change' : 'changes'}`;
}

function standing({ waiting, approved, denied, other }: GroupView): string {
  const parts = [
    `${waiting} waiting`,
    `${approved} approved`,
    `${denied} denied`,
    ...(other === 0 ? [] : [`${other} ended otherwise`]),
  ];
  return `${parts.join(', ')}.`;
}

/** The value is a request's id and nothing else; what waits is found when the click comes. */
function buttons(requestId: string): Block {
  const button = (actionId: string, text: string, style: 'primary' | 'danger') => ({
    type: 'button' as const,
    action_id: actionId,
    text: { type: 'plain_text' as const, text },
    value: requestId,
    style,
  });
  return {
    type: 'actions',
    elements: [
      button(ACTION.approveAll, 'Approve all…', 'primary'),
      button(ACTION.denyAll, 'Deny all…', 'danger'),
    ],
  };
}

function whoDecides(approvers: readonly string[]): Block {
  return context(`Both buttons first list what they decide · these may: ${mentionApprovers(approvers)}`);
}
