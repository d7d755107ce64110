import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { DecisionLink } from '../../media/email/decision-link.ts';
import { named } from '../../media/wording/account-name.ts';
import { TOO_MANY_MAKERS } from '../../media/wording/describe-approvals.ts';
import type { DescribedOutcome } from '../../media/wording/describe-outcome.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { html } from '../html.ts';
import { type PageResponse, page } from '../page.ts';
import { glancePart } from './glance-part.ts';
import { remarksPart } from './remarks-part.ts';
import { requestPart } from './request-part.ts';
import { reachPart, votesPart } from './votes-part.ts';

const CONSEQUENCE = { approve: 'If you approve', deny: 'If you deny' } as const;
const QUESTION = { approve: 'Approve this change?', deny: 'Deny this change?' } as const;

interface AskOptions {
  rawQuery: string;
  accountNames: readonly string[];
  /** What was wrong with the form that was sent. */
  problem?: string;
}

/** The request in full and one button; only the button's POST decides. */
export function askPage(
  request: ApprovalRequest,
  { decision }: DecisionLink,
  { rawQuery, accountNames, problem }: AskOptions,
): PageResponse {
  const view = named(describeRequest(request), accountNames);
  return page({
    statusCode: problem === undefined ? 200 : 400,
    title: QUESTION[decision],
    body: html`
${problem !== undefined && html`<p class="outcome" role="alert">${problem}</p>`}
${glancePart(view)}
${votesPart(view.approvals)}
${decision === 'approve' && reachPart(view.approvals)}
<form method="post" action="?${rawQuery}">
${decision === 'deny' ? REASON_REQUIRED : REASON_OPTIONAL}
<button class="${decision}">${buttonText(decision, view)}</button>
</form>
<p class="note">Nothing is decided until you press the button.</p>
<p>${CONSEQUENCE[decision]}: ${decision === 'approve' ? view.ifApproved : view.ifDenied}</p>
${remarksPart(view.remarks)}
<h2>What happened</h2>
<p>${view.title}. ${view.quarantine}</p>
${requestPart(view, request)}`,
  });
}

/** Where approving here is not enough, the button itself says so. */
function buttonText(
  decision: DecisionLink['decision'],
  { approvals: { needed, missing } }: DescribedRequest,
) {
  if (decision === 'deny') return 'Deny: make the removal final';
  if (missing < 2) return 'Approve: put the grant back';
  return `Approve: one of ${needed}, ${missing - 1} more in Slack`;
}

const REASON_OPTIONAL = html`<label for="reason">Why? (optional; it is shown with the decision)</label>
<input id="reason" name="reason" maxlength="1000" autocomplete="off">`;

const REASON_REQUIRED = html`<label for="reason">Why? (it is shown with the decision)</label>
<input id="reason" name="reason" maxlength="1000" autocomplete="off" required>`;

/** The approval is written down, and others are needed. */
export function countedPage(request: ApprovalRequest, mine: boolean): PageResponse {
  const view = describeRequest(request);
  const { votes, needed, missing } = view.approvals;
  return page({
    statusCode: 200,
    title: `${mine ? 'Your approval is counted' : 'An e-mail link has been counted already'}: ${votes.length} of ${needed}`,
    body: html`
<p>${missing === 1 ? 'One more approver has' : `${missing} more approvers have`} to approve in Slack: all e-mail links together count as one.</p>
${!mine && html`<p>Nothing was changed by this link.</p>`}
${votesPart(view.approvals)}
${remarksPart(view.remarks)}
<h2>What happened</h2>
${requestPart(view, request)}`,
  });
}

/** Somebody has decided, or the request has ended. */
export function decidedPage(request: ApprovalRequest, mine: boolean): PageResponse {
  const view = describeRequest(request);
  const { outcome } = view;
  return page({
    statusCode: 200,
    title: mine ? 'Your decision is recorded' : 'This request is decided',
    body: html`
${outcome !== undefined && outcomePart(outcome)}
${mine && html`<p>Slack, or an e-mail when Slack is not there, will say when it has happened.</p>`}
${!mine && html`<p>Nothing was changed by this link.</p>`}
${remarksPart(view.remarks)}
<h2>What happened</h2>
${requestPart(view, request)}`,
  });
}

function outcomePart({ headline, detail, reason, at }: DescribedOutcome) {
  return html`<div class="outcome"><strong>${headline}</strong>
<p>${detail}</p>
${reason !== undefined && html`<p>Reason: ${reason}</p>`}
<p class="note">${at.text}</p></div>`;
}

export const undeliveredPage = (): PageResponse =>
  page({
    statusCode: 200,
    title: 'Your decision is recorded',
    body: html`<p>Step Functions could not be reached to carry it out yet. It stands, and it is delivered again; until then the grant stays out of force.</p>`,
  });

/** A link that decides nothing: status, title and why. Says nothing of the request to whoever has proved nothing. */
const REFUSALS = {
  forged: [403, 'This link is not valid', 'It was not made by Policy Guard, or it was changed on the way.'],
  malformed: [
    400,
    'This link is not complete',
    'Copy the whole link from the newest e-mail about the request, or decide in Slack. Mail programs sometimes break long lines.',
  ],
  switchedOff: [403, 'Links are switched off', 'Nothing is decided by e-mail here; decide in Slack.'],
  denyOnly: [
    403,
    'Approving by link is switched off',
    'A link can only deny here; approve in Slack, or use the deny link of the same e-mail.',
  ],
  expired: [
    410,
    'This link has expired',
    'The time to decide is over. A request that nobody decided counts as denied.',
  ],
  tooManyMakers: [403, 'Nobody may approve this any more', TOO_MANY_MAKERS],
  unknown: [404, 'This request is not known', 'It may have been deleted from the ledger.'],
  method: [405, 'This does not work', 'Open the link in a browser.'],
  unavailable: [
    503,
    'Please try again',
    'Policy Guard could not read its ledger or its key just now, so nothing was decided.',
  ],
} as const satisfies Record<string, readonly [statusCode: number, title: string, text: string]>;

export function refusalPage(why: keyof typeof REFUSALS): PageResponse {
  const [statusCode, title, text] = REFUSALS[why];
  const refused = page({ statusCode, title, body: html`<p>${text}</p><p>Nothing was changed.</p>` });
  if (statusCode === 405) refused.headers.allow = 'GET, HEAD, POST';
  return refused;
}
