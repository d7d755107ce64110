import { context, divider, section } from '../../media/slack/blocks/blocks.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { mention } from '../../media/slack/blocks/mentions.ts';
import { bold, code, link, localTime, plain, quote } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { voteLines } from '../../media/slack/parts/approvals.ts';
import { callerDetails, changeFields } from '../../media/slack/parts/change-fields.ts';
import { grantedBlocks } from '../../media/slack/parts/findings.ts';
import { remarkBlocks } from '../../media/slack/parts/remarks.ts';
import { type DescribedApprovals, describeMissing } from '../../media/wording/describe-approvals.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { historyLine } from '../past-requests.ts';
import type { DescribedDetails, DescribedEarlier } from './describe-details.ts';

const FINDINGS_BUDGET = 6_000;
const ATTACHED_BUDGET = 2_500;
const EARLIER_BUDGET = 6_000;

/** Everything but the texts, on one page. */
export function overviewPages(details: DescribedDetails): Block[][] {
  const { request } = details;
  return [
    [
      ...head(request),
      ...consequences(details),
      ...(request.severity === undefined ? [] : [section(`*Severity:* ${request.severity}`)]),
      changeFields(request, request.outcome === undefined ? details.now : undefined),
      ...callerDetails(request),
      ...grantedBlocks(request, FINDINGS_BUDGET),
      section(attachedTo(details)),
      ...votes(request),
      ...remarkBlocks(request.remarks, 2_500),
      links(details),
      divider,
      ...earlier('Other requests for the same policy', details.samePolicy),
      ...earlier('Other requests by the same requester', details.sameRequester),
      context(`Request ${code(request.requestId, 80)}`),
    ],
  ];
}

/** What quarantine did is past once the request has ended: how it ended comes first then. */
function head({ title, quarantine, outcome, touched }: DescribedRequest): Block[] {
  const did = plain(quarantine, 600);
  if (outcome === undefined) return [section(`${bold(title, 600)}\n${did}`)];
  const { headline, detail, at, reason } = outcome;
  return sections([
    bold(title, 600),
    `${bold(headline, 500)} · ${localTime(at)}${reason ? `\n${quote(reason, 500)}` : ''}`,
    ...(detail === '' ? [] : [plain(detail, 500)]),
    `*At ${touched ? 'quarantine' : 'inspection'}:* ${did}`,
  ]);
}

/** What each decision does, and what happens without one. */
function consequences({ request, schedule }: DescribedDetails): Block[] {
  if (request.outcome !== undefined || !request.touched) return [];
  return [
    section(
      [
        `*Approve:* ${plain(request.ifApproved, 300)}`,
        `*Deny:* ${plain(request.ifDenied, 300)}`,
        `*Nobody decides:* ${plain(schedule, 300)}`,
      ].join('\n'),
    ),
  ];
}

/** Nothing is read again for the details: these are the holders that the policy had then. */
function attachedTo({ attachedTo, request }: DescribedDetails): string {
  const title = '*Attached to, when it was quarantined*';
  if (!request.touched) return '*Attached to*\nNot looked up, because the change was left alone.';
  if (attachedTo === undefined) return `${title}\nIt could not be read what the policy is attached to.`;
  if (attachedTo.length === 0) return `${title}\nNo user, group or role.`;
  const { shown, left } = takeWithin(
    attachedTo.map((holder) => code(holder, 150)),
    ATTACHED_BUDGET,
  );
  const rest = left === 0 ? '' : ` and ${left} more`;
  return `${title} (${attachedTo.length})\n${shown.join(', ')}${rest}`;
}

function votes({ outcome, touched, approvals }: DescribedRequest): Block[] {
  const lines = voteLines(approvals.votes);
  if (outcome !== undefined) return lines.length === 0 ? [] : sections(['*Approvals*', ...lines]);
  if (!touched) return [];
  return sections([
    `*Approvals*\n${plain(describeMissing(approvals), 600)}.`,
    ...lines,
    ...requester(approvals),
  ]);
}

function requester({ requesterSlackId, requesterUnknown }: DescribedApprovals): string[] {
  if (requesterSlackId !== undefined) return [`${mention(requesterSlackId)} made this change.`];
  if (requesterUnknown === undefined) return [];
  return [`The requester is not known in Slack: ${plain(requesterUnknown, 300)}.`];
}

function links({ request, executionUrl, eventUrl }: DescribedDetails): Block {
  return section(
    [
      '*In the AWS console*',
      `• ${link(request.consoleUrl, 'the policy')}`,
      `• ${link(executionUrl, 'the execution')}`,
      `• ${link(eventUrl, 'the CloudTrail event')}`,
    ].join('\n'),
  );
}

function earlier(title: string, list: DescribedEarlier): Block[] {
  if (list === 'unknown')
    return [section(`*${title}*\nThe ledger did not answer in time, so they are not known.`)];
  if (list.shown.length === 0) return [section(`*${title}*\nNone.`)];
  const { shown, left } = takeWithin(list.shown.map(historyLine), EARLIER_BUDGET);
  const more = left + list.more;
  const rest = more === 0 ? [] : [`_… and ${countOf(more, 'other')}${list.orMore ? ' or more' : ''}._`];
  return sections([`*${title}*`, ...shown, ...rest]);
}
