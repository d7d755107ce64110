import type { RequestView } from '../view/describe-request.ts';
import { changePart } from './change-part.ts';
import type { DecisionLinks } from './decision-part.ts';
import { decisionPart } from './decision-part.ts';
import type { Email } from './email.ts';
import { subjectLine } from './email.ts';
import { findingsPart } from './findings-part.ts';
import { foreign, part, parts, wrap } from './lines.ts';

/** The subject of a request's e-mail; by it a decision through its links names the e-mail. */
export function requestSubject({ policyName }: Pick<RequestView, 'policyName'>): string {
  return subjectLine(`decide about ${policyName}`);
}

/** A request that waits: what happened, what was done about it, and the two links. */
export function requestEmail(view: RequestView, links: DecisionLinks): Email {
  return {
    subject: requestSubject(view),
    text: parts(
      wrap(`Held: ${foreign(view.title)}. It is out of force until somebody decides.`),
      changePart(view),
      findingsPart(view),
      part('What was done', [wrap(foreign(view.quarantine))]),
      decisionPart(view, links),
    ),
  };
}

/** The same request again, because nobody has decided yet. */
export function reminderEmail(view: RequestView, links: DecisionLinks): Email {
  const { text } = requestEmail(view, links);
  return {
    subject: subjectLine(`still waiting for a decision about ${view.policyName}`),
    text: parts('Still waiting for a decision.', text),
  };
}
