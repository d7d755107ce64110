import { changePart } from '../../email/change-part.ts';
import { type Email, subjectLine } from '../../email/email.ts';
import { findingsPart } from '../../email/findings-part.ts';
import { field, foreign, part, parts, wrap } from '../../email/lines.ts';
import type { VoteView } from '../../wording/describe-approvals.ts';
import type { OutcomeView } from '../../wording/describe-outcome.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import { plainLine } from '../../wording/plain-line.ts';

/**
 * The end of a request: what has happened, by whose decision, and the request as it was asked.
 *
 * @param breakGlass whether the requester has approved it
 */
export function outcomeEmail(view: RequestView, outcome: OutcomeView, breakGlass: boolean): Email {
  return {
    subject: subjectLine(`${breakGlass ? 'BREAK GLASS: ' : ''}${outcome.kind}: ${view.policyName}`),
    text: parts(
      breakGlass ? 'Break glass: the requester has approved their own change.' : '',
      wrap(`${foreign(outcome.headline)}. ${foreign(outcome.detail)}`.trim()),
      part('The decision', [
        field('When', outcome.at.text),
        ...(view.took === undefined ? [] : [field('It took', view.took)]),
        ...(outcome.reason === undefined ? [] : [field('Reason given', plainLine(outcome.reason))]),
        ...view.approvals.votes.map(voteLine),
        field('Request', view.requestId),
      ]),
      changePart(view),
      findingsPart(view),
    ),
  };
}

function voteLine({ name, where, at, reason, breakGlass }: VoteView): string {
  const own = breakGlass ? ', the requester' : '';
  const why = reason === undefined ? '' : `: ${plainLine(reason)}`;
  return field('Vote', `${name}${own}, ${where}, ${at.text}${why}`);
}
