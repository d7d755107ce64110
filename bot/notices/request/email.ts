import { changePart } from '../../media/email/change-part.ts';
import { type DecisionLinks, decisionPart } from '../../media/email/decision-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { findingsPart } from '../../media/email/findings-part.ts';
import { field, foreign, part, parts, wrap } from '../../media/email/lines.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

/** The subject of a request's e-mail; by it a decision through its links names the e-mail. */
export function requestSubject({ policyName }: Pick<DescribedRequest, 'policyName'>): string {
  return subjectLine(`decide about ${policyName}`);
}

/** A request that waits: what happened, what was done about it, and how to decide. */
export function requestEmail(request: DescribedRequest, links: DecisionLinks): Email {
  return {
    subject: requestSubject(request),
    text: parts(
      wrap(
        request.stillInForce
          ? `Still in force: ${foreign(request.title)}. It could NOT be taken out of force.`
          : `Held: ${foreign(request.title)}. It is out of force until somebody decides.`,
      ),
      request.severity && field('Severity', request.severity),
      changePart(request),
      findingsPart(request),
      part('What was done', [wrap(foreign(request.quarantine))]),
      decisionPart(request, links),
    ),
  };
}
