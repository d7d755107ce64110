import { type NudgeRules, nudgeSchedule } from '../../../workflow/steps/nudges.ts';
import {
  actions,
  button,
  confirm,
  context,
  divider,
  header,
  message,
  section,
} from '../../media/slack/blocks/blocks.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { ACTION, DECISION_BLOCK } from '../../media/slack/identifiers.ts';
import { approvalBlocks, approvalSummary } from '../../media/slack/parts/approvals.ts';
import { callerDetails, changeFields } from '../../media/slack/parts/change-fields.ts';
import { grantedBlocks } from '../../media/slack/parts/findings.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { duration, timeLeft } from '../../media/wording/phrases.ts';

/** What a request's message says beside the request itself. */
export interface RequestMessageOptions {
  now: Date;
  /** When people are nudged. */
  schedule: NudgeRules;
  /** Whether there is an administrator to be told by e-mail. */
  adminEmail: boolean;
  /** Whether an approver may approve their own change, with a reason. */
  breakGlass: boolean;
}

/** A request that waits: what is asked, how bad it is, who asked, and the buttons. */
export function requestMessage(request: DescribedRequest, options: RequestMessageOptions): Message {
  const summary = plain(request.title, 400);
  return message(inPlainWords(request, summary, options.now), [
    header(
      `${request.stillInForce ? '🚨 Still in force' : '🔒 Held'}${severityMark(request)}: ${plain(request.policyName, 110)}`,
    ),
    section(`${summary}.\n${plain(request.quarantine, 600)}`),
    changeFields(request, options.now),
    ...grantedBlocks(request),
    ...callerDetails(request),
    divider,
    ...approvalBlocks(request.approvals, options),
    buttons(request),
    context(
      [
        `*Approve:* ${plain(request.ifApproved, 300)}`,
        `*Deny:* ${plain(request.ifDenied, 300)}`,
        '*Nobody decides:* it expires, which denies it',
      ].join('\n'),
    ),
    context(`${scheduleLine(request, options)} · request ${code(request.requestId, 80)}`),
  ]);
}

function inPlainWords(request: DescribedRequest, summary: string, now: Date): string {
  return [
    `${severityPhrase(request)}${summary}. ${request.stillInForce ? 'It could NOT be taken out of force.' : 'It is out of force until somebody decides.'}`,
    approvalSummary(request.approvals),
    `It expires ${timeLeft(request.expires, now)}, which denies it.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function severityMark({ severity }: DescribedRequest): string {
  return severity === undefined ? '' : ` · ${severity.toUpperCase()}`;
}

function severityPhrase({ severity }: DescribedRequest): string {
  return severity === undefined ? '' : `Severity ${severity}: `;
}

/** The value is the request id and nothing else: a token in a message could be read by every app and export. */
function buttons({ requestId, ifApproved, approvals }: DescribedRequest): Block {
  const value = requestId;
  const what =
    approvals.missing > 1
      ? `Your approval counts as 1 of ${approvals.needed}; nothing is put back before the last one.`
      : plain(ifApproved, 300);
  const approve = confirm({ title: 'Approve this change?', text: what, yes: 'Approve' });
  return actions(
    [
      button(ACTION.approve, 'Approve', { value, style: 'primary', confirm: approve }),
      button(ACTION.deny, 'Deny', { value, style: 'danger' }),
      button(ACTION.details, 'Details', { value }),
    ],
    DECISION_BLOCK,
  );
}

/** More would make the line a timetable. */
const MOST_REMINDERS = 6;

/** What happens while nobody decides: `Reminders after 1 h, 3 h · e-mail to the administrator after 12 h · expires in 23 h`. */
function scheduleLine(
  request: DescribedRequest,
  { now, schedule, adminEmail }: RequestMessageOptions,
): string {
  const lifetime = request.expires.unix - request.created.unix;
  const nudges = nudgeSchedule(schedule, lifetime);
  const reminders = nudges.filter(({ nudge }) => nudge === 'reminder').map(({ after }) => inWords(after));
  const email = nudges.find(({ nudge }) => nudge === 'admin-email');
  return [
    ...(reminders.length === 0 ? ['No reminders'] : [`Reminders after ${listed(reminders)}`]),
    ...(email && adminEmail ? [`e-mail to the administrator after ${inWords(email.after)}`] : []),
    `expires ${timeLeft(request.expires, now)}`,
  ].join(' · ');
}

function inWords(seconds: number): string {
  return duration(seconds * 1000);
}

function listed(reminders: readonly string[]): string {
  const more = reminders.length > MOST_REMINDERS ? [`${reminders.length - MOST_REMINDERS} more times`] : [];
  return [...reminders.slice(0, MOST_REMINDERS), ...more].join(', ');
}
