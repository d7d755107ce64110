import { changePart } from '../../email/change-part.ts';
import { type DecisionLinks, decisionPart } from '../../email/decision-part.ts';
import { type Email, subjectLine } from '../../email/email.ts';
import { findingsPart } from '../../email/findings-part.ts';
import { field, foreign, part, parts, wrap } from '../../email/lines.ts';
import type { RequestView } from '../../wording/describe-request.ts';

/** The subject of a request's e-mail; by it a decision through its links names the e-mail. */
export function requestSubject({ policyName }: Pick<RequestView, 'policyName'>): string {
  return subjectLine(`decide about ${policyName}`);
}

/** A request that waits: what happened, what was done about it, and how to decide. */
export function requestEmail(view: RequestView, links: DecisionLinks): Email {
  return {
    subject: requestSubject(view),
    text: parts(
      wrap(`Held: ${foreign(view.title)}. It is out of force until somebody decides.`),
      view.severity && field('Severity', view.severity),
      changePart(view),
      findingsPart(view),
      part('What was done', [wrap(foreign(view.quarantine))]),
      decisionPart(view, links),
    ),
  };
}
