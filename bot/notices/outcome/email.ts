import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { findingsPart } from '../../media/email/findings-part.ts';
import { glancePart } from '../../media/email/glance-part.ts';
import { field, foreign, part, parts } from '../../media/email/lines.ts';
import type { DescribedVote } from '../../media/wording/describe-approvals.ts';
import { type DescribedOutcome, howToCheck } from '../../media/wording/describe-outcome.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/**
 * The end of a request: what has happened, by whose decision, and the request as it was asked.
 *
 * @param breakGlass whether the requester has approved it
 */
export function outcomeEmail(
  request: DescribedRequest,
  outcome: DescribedOutcome,
  breakGlass: boolean,
): Email {
  const how = howToCheck(outcome);
  return {
    subject: subjectLine(`${breakGlass ? 'BREAK GLASS: ' : ''}${outcome.kind}: ${request.policyName}`),
    text: parts(
      breakGlass ? 'Break glass: the requester has approved their own change.' : '',
      `${foreign(outcome.headline)}. ${foreign(outcome.detail)}`.trim(),
      part('The decision', [
        field('When', outcome.at.text),
        ...(request.took === undefined ? [] : [field('It took', request.took)]),
        ...(outcome.reason === undefined ? [] : [field('Reason given', plainLine(outcome.reason))]),
        ...request.approvals.votes.map(voteLine),
        field('Request', request.requestId),
      ]),
      glancePart(request),
      changePart(request),
      findingsPart(request),
      how === undefined ? '' : `${how.text} ${how.command}`,
    ),
  };
}

function voteLine({ name, where, at, reason, breakGlass }: DescribedVote): string {
  const own = breakGlass ? ', the requester' : '';
  const why = reason === undefined ? '' : `: ${plainLine(reason)}`;
  return field('Vote', `${name}${own}, ${where}, ${at.text}${why}`);
}
