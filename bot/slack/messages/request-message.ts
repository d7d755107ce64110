import type { RequestView } from '../../view/describe-request.ts';
import { ACTION, DECISION_BLOCK } from '../identifiers.ts';
import type { Block, Message } from './blocks.ts';
import { context, divider, header, message, section, sections } from './blocks.ts';
import { callerDetails, changeFields } from './change-fields.ts';
import { findingLines } from './findings.ts';
import { code, plain } from './mrkdwn.ts';

/** Characters for the findings of one message; the rest of it needs about 3,000 at most. */
const FINDINGS_BUDGET = 5_000;

/** A request that waits: what happened, what was done about it, and the buttons. */
export function requestMessage(view: RequestView): Message {
  const summary = plain(view.title, 400);
  return message(`${summary}. It is out of force until somebody decides.`, [
    header(`🔒 Held: ${plain(view.policyName, 120)}`),
    section(`${summary}.\n${plain(view.quarantine, 600)}`),
    changeFields(view),
    ...grantedBlocks(view),
    ...callerDetails(view),
    divider,
    buttons(view.requestId),
    context(
      [
        `*Approve:* ${plain(view.ifApproved, 300)}`,
        `*Deny:* ${plain(view.ifDenied, 300)}`,
        `*Nobody decides:* it expires, which denies it · request ${code(view.requestId, 80)}`,
      ].join('\n'),
    ),
  ]);
}

/** What the document grants, as a list. */
export function grantedBlocks(view: RequestView): Block[] {
  return sections(['*What it grants*', ...findingLines(view, FINDINGS_BUDGET)]);
}

/** The value is the request id and nothing else: a token in a message could be read by every app and export. */
function buttons(requestId: string): Block {
  const button = (actionId: string, text: string) => ({
    type: 'button' as const,
    action_id: actionId,
    text: { type: 'plain_text' as const, text },
    value: requestId,
  });
  return {
    type: 'actions',
    block_id: DECISION_BLOCK,
    elements: [
      { ...button(ACTION.approve, 'Approve'), style: 'primary' },
      { ...button(ACTION.deny, 'Deny'), style: 'danger' },
      button(ACTION.decideWithReason, 'Decide with a reason…'),
      button(ACTION.details, 'Details'),
    ],
  };
}
