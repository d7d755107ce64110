import type { NudgeRules } from '../../../workflow/steps/nudges.ts';
import {
  type Block,
  confirm,
  context,
  divider,
  header,
  type Message,
  message,
  section,
  sections,
} from '../../slack/blocks/blocks.ts';
import { code, plain } from '../../slack/blocks/mrkdwn.ts';
import { ACTION, DECISION_BLOCK } from '../../slack/identifiers.ts';
import { approvalBlocks, approvalSummary } from '../../slack/parts/approvals.ts';
import { callerDetails, changeFields } from '../../slack/parts/change-fields.ts';
import { findingLines } from '../../slack/parts/findings.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import { timeLeft } from '../../wording/phrases.ts';
import { scheduleLine } from './schedule.ts';

/** Characters for the findings of one message; the rest of it needs about 4,000 at most. */
const FINDINGS_BUDGET = 4_500;

/** What a request's message says beside the request itself. */
export interface RequestMessageOptions {
  now: Date;
  /** When people are nudged. */
  schedule: NudgeRules;
  /** Whether there is an administrator to be told by e-mail. */
  adminEmail: boolean;
  /** Whether an approver may approve their own change, with a reason. */
  breakGlass: boolean;
  /** From the request to its end; without it, as the request itself has it. */
  timeoutSeconds?: number;
}

/** A request that waits: what is asked, how bad it is, who asked, and the buttons. */
export function requestMessage(view: RequestView, options: RequestMessageOptions): Message {
  const summary = plain(view.title, 400);
  return message(inPlainWords(view, summary, options.now), [
    header(`🔒 Held${severityMark(view)}: ${plain(view.policyName, 110)}`),
    section(`${summary}.\n${plain(view.quarantine, 600)}`),
    changeFields(view, options.now),
    ...grantedBlocks(view),
    ...callerDetails(view),
    divider,
    ...approvalBlocks(view.approvals, options),
    buttons(view),
    context(
      [
        `*Approve:* ${plain(view.ifApproved, 300)}`,
        `*Deny:* ${plain(view.ifDenied, 300)}`,
        '*Nobody decides:* it expires, which denies it',
      ].join('\n'),
    ),
    context(`${scheduleLine(view, options)} · request ${code(view.requestId, 80)}`),
  ]);
}

function inPlainWords(view: RequestView, summary: string, now: Date): string {
  return [
    `${severityPhrase(view)}${summary}. It is out of force until somebody decides.`,
    approvalSummary(view.approvals),
    `It expires ${timeLeft(view.expires, now)}, which denies it.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What the document grants, as a list. */
export function grantedBlocks(view: RequestView): Block[] {
  return sections(['*What it grants*', ...findingLines(view, FINDINGS_BUDGET)]);
}

function severityMark({ severity }: RequestView): string {
  return severity === undefined ? '' : ` · ${severity.toUpperCase()}`;
}

function severityPhrase({ severity }: RequestView): string {
  return severity === undefined ? '' : `Severity ${severity}: `;
}

/** The value is the request id and nothing else: a token in a message could be read by every app and export. */
function buttons({ requestId, ifApproved, approvals }: RequestView): Block {
  const button = (actionId: string, text: string) => ({
    type: 'button' as const,
    action_id: actionId,
    text: { type: 'plain_text' as const, text },
    value: requestId,
  });
  const what =
    approvals.missing > 1
      ? `Your approval counts as 1 of ${approvals.needed}; nothing is put back before the last one.`
      : plain(ifApproved, 300);
  return {
    type: 'actions',
    block_id: DECISION_BLOCK,
    elements: [
      {
        ...button(ACTION.approve, 'Approve'),
        style: 'primary',
        confirm: confirm({ title: 'Approve this change?', text: what, yes: 'Approve' }),
      },
      { ...button(ACTION.deny, 'Deny'), style: 'danger' },
      button(ACTION.details, 'Details'),
    ],
  };
}
