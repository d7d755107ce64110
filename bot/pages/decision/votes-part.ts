import {
  type DescribedApprovals,
  type DescribedVote,
  describeDoubts,
  IN_SLACK,
} from '../../media/wording/describe-approvals.ts';
import { type Html, html } from '../html.ts';

/** Who has approved so far, how many it takes, and why more than one; what is not certain of who made the change. */
export function votesPart(approvals: DescribedApprovals): Html | false {
  const { votes, needed, requesterUnknown } = approvals;
  const doubts = describeDoubts(approvals);
  if (votes.length === 0 && needed === 1 && doubts.length === 0) return false;
  return html`
<p>${votes.length} of ${needed} approvals.${requesterUnknown !== undefined && html` The requester is not known in Slack: ${requesterUnknown}.`}</p>
${doubts.map((doubt) => html`<p>${doubt}.</p>`)}
<ul>${votes.map(vote)}</ul>`;
}

function vote({ name, where, at, reason, breakGlass }: DescribedVote): Html {
  return html`<li>Approved by <strong>${name}</strong>${breakGlass && ', who is also the requester (break glass),'} ${where}, ${at.text}${reason !== undefined && html`: ${reason}`}</li>\n`;
}

/** What an approval by link can do: all links together count as one approver, so that it may not be enough. */
export function reachPart({ votes, missing }: DescribedApprovals): Html | false {
  const used = votes.some(({ where }) => where !== IN_SLACK);
  if (used) {
    return html`<p class="note">An e-mail link has been counted already; another one adds nothing.</p>`;
  }
  if (missing < 2) return false;
  return html`<p class="note">Approving here is not enough: all e-mail links together count as one approver, and ${missing - 1} more ${missing === 2 ? 'has' : 'have'} to approve in Slack.</p>`;
}
