import { changePart } from '../../media/email/change-part.ts';
import { type DecisionLinks, decisionPart } from '../../media/email/decision-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { findingsPart } from '../../media/email/findings-part.ts';
import { glancePart } from '../../media/email/glance-part.ts';
import { field, foreign, part, parts } from '../../media/email/lines.ts';
import { remarksPart } from '../../media/email/remarks-part.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

/** The subject of a request's e-mail; by it a decision through its links names the e-mail. */
export function requestSubject({ policyName }: Pick<DescribedRequest, 'policyName'>): string {
  return subjectLine(`decide about ${policyName}`);
}

/** A request that waits: what it comes to, how to decide, and then the evidence. */
export function requestEmail(request: DescribedRequest, links: DecisionLinks): Email {
  return {
    subject: requestSubject(request),
    text: parts(
      glancePart(request),
      request.stillInForce
        ? 'It could NOT be taken out of force; the guard goes on trying.'
        : 'It is out of force until somebody decides.',
      decisionPart(request, links),
      changePart(request),
      remarksPart(request),
      findingsPart(request),
      part('What was done', [field('Change', request.title), foreign(request.quarantine)]),
    ),
  };
}
