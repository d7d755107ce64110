import { SEVERITIES } from '../../../workflow/inspection/finding.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import {
  actions,
  button,
  confirm,
  context,
  header,
  message,
  section,
} from '../../media/slack/blocks/blocks.ts';
import { listWithin } from '../../media/slack/blocks/lists.ts';
import { mention, mentionApprovers } from '../../media/slack/blocks/mentions.ts';
import { code, localMinute, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { ACTION, DECISION_BLOCK } from '../../media/slack/identifiers.ts';
import { approvalLines, approvalSummary } from '../../media/slack/parts/approvals.ts';
import {
  changeLine,
  grantsPart,
  reachPart,
  requesterPart,
  severityMark,
  verdictLine,
} from '../../media/slack/parts/glance-lines.ts';
import { newestRemark } from '../../media/slack/parts/remarks.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { timeLeft } from '../../media/wording/phrases.ts';
import { shorten } from '../../media/wording/plain-line.ts';

/** What a request's message says beside the request itself. */
export interface RequestMessageOptions {
  now: Date;
  /** Whether an approver may approve their own change, with a reason. */
  breakGlass: boolean;
  /** Who may decide, and who is told of it, by id. */
  approvers: Settings['APPROVERS'];
  notify: Settings['NOTIFY'];
  mentionFrom: Settings['MENTION_FROM'];
  accountNames: Settings['ACCOUNT_NAMES'];
}

/**
 * A request that waits, to be judged at a glance: what it comes to, who asks, whom it serves, what was before, and the
 * buttons, within the first screen of a phone whatever the change says. All else is under Details.
 */
export function requestMessage(request: DescribedRequest, options: RequestMessageOptions): Message {
  const mark = request.stillInForce ? '🚨 STILL IN FORCE · ' : '🔒 ';
  return message(inPlainWords(request, options.now), [
    header(`${mark}${severityMark(request)}${plain(verdictLine(request), HEADLINE)}`),
    section([changeLine(request, options.accountNames), ...evidence(request)].join('\n')),
    buttons(request),
    context(
      [
        ...newestRemark(request.remarks, LINE),
        ...looking(request, options),
        ...listWithin(approvalLines(request.approvals, options), APPROVALS),
        footer(request, options),
      ].join('\n'),
    ),
  ]);
}

/** Characters; what is longer is cut, and stands under Details in full. */
const HEADLINE = 120;
const NAME = 32;
const LINE = 100;
/** Of all approvals together: what stands below them must not be cut off. */
const APPROVALS = 2_000;

/** For notifications and screen readers, where a mention would be an id. */
function inPlainWords(request: DescribedRequest, now: Date): string {
  const { who, kind, policyName, severity, approvals, expires } = request;
  return [
    `${severity === undefined ? '' : `${severity.toUpperCase()}: `}${plain(verdictLine(request), 200)}.`,
    `By ${plain(who, 100)}, ${plain(kind, 100)} ${plain(policyName, NAME)}.`,
    request.stillInForce
      ? 'It could NOT be taken out of force.'
      : 'It is out of force until somebody decides.',
    approvalSummary(approvals),
    `It expires ${timeLeft(expires, now)}, which denies it.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** One line each; what is granted may be three. */
function evidence(request: DescribedRequest): string[] {
  const { before } = request;
  return [
    grantsPart(request),
    reachPart(request),
    ...(request.stillInForce
      ? ['*In force right now:* it could NOT be taken out; the guard goes on trying']
      : []),
    ...(before === undefined ? [] : [`*Before* ${plain(before, LINE)}`]),
    requesterPart(request),
  ];
}

/** The value is the request id and nothing else: a token in a message could be read by every app and export. */
function buttons(request: DescribedRequest): Block {
  const value = request.requestId;
  return actions(
    [
      button(ACTION.approve, 'Approve…', { value, style: 'primary', confirm: approval(request) }),
      button(ACTION.deny, 'Deny…', { value, style: 'danger' }),
      button(ACTION.details, 'Details', { value }),
      button(ACTION.ask, 'Ask…', { value }),
      button(ACTION.look, 'I’m looking', { value }),
    ],
    DECISION_BLOCK,
  );
}

/** Names what is approved, for whom and what it comes to: whoever clicks in the wrong message sees it here. */
function approval(request: DescribedRequest) {
  const { policyName, who, ifApproved, approvals } = request;
  const effect =
    approvals.missing > 1 ? `Your approval counts as 1 of ${approvals.needed}.` : plain(ifApproved, 110);
  return confirm({
    title: `Approve ${plain(shorten(policyName, NAME), 80)}?`,
    text: `For ${plain(shorten(who, NAME), 80)}: ${plain(verdictLine(request), 100)}. ${effect}`,
    yes: 'Approve',
  });
}

/** Says until when, so that it lets go by itself although nobody writes the message anew. */
function looking({ looking }: DescribedRequest, { now }: RequestMessageOptions): string[] {
  if (looking === undefined || Date.parse(looking.until.iso) <= now.getTime()) return [];
  return [`👀 ${mention(looking.slackUserId)} is looking, until ${localMinute(looking.until)}`];
}

/** `@security decides · expires tomorrow at 11:20 · pg-zlh…`. */
function footer(request: DescribedRequest, options: RequestMessageOptions): string {
  return [
    whoDecides(request, options),
    `expires ${localMinute(request.expires)}`,
    code(request.requestId, 80),
  ].join(' · ');
}

function whoDecides(
  { severity }: DescribedRequest,
  { approvers, notify, mentionFrom }: RequestMessageOptions,
): string {
  // What has no severity may be anything, so it is no less loud than what is known to be high.
  const loud = SEVERITIES.indexOf(severity ?? 'high') <= SEVERITIES.indexOf(mentionFrom);
  if (!loud) return 'the approvers decide';
  return notify === undefined
    ? `${mentionApprovers(approvers)} may decide`
    : `${mentionApprovers(notify)}: the approvers may decide`;
}
