import { changePart } from '../../email/change-part.ts';
import { type DecisionLinks, decisionPart } from '../../email/decision-part.ts';
import { type Email, subjectLine } from '../../email/email.ts';
import { findingsPart } from '../../email/findings-part.ts';
import { field, foreign, part, parts, wrap } from '../../email/lines.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';

/** The subject of a request's e-mail; by it a decision through its links names the e-mail. */
export function requestSubject({ policyName }: Pick<DescribedRequest, 'policyName'>): string {
  return subjectLine(`decide about ${policyName}`);
}

/** A request that waits: what happened, what was done about it, and how to decide. */
export function requestEmail(request: DescribedRequest, links: DecisionLinks): Email {
  return {
    subject: requestSubject(request),
    text: parts(
      wrap(`Held: ${foreign(request.title)}. It is out of force until somebody decides.`),
      request.severity && field('Severity', request.severity),
      changePart(request),
      findingsPart(request),
      part('What was done', [wrap(foreign(request.quarantine))]),
      decisionPart(request, links),
    ),
  };
}
