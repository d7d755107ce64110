import type { OutcomeView } from '../view/describe-outcome.ts';
import type { RequestView } from '../view/describe-request.ts';
import { changePart } from './change-part.ts';
import type { Email } from './email.ts';
import { subjectLine } from './email.ts';
import { findingsPart } from './findings-part.ts';
import { field, foreign, part, parts, wrap } from './lines.ts';

/** The end of a request: what has happened, by whose decision, and the request as it was asked. */
export function outcomeEmail(view: RequestView, outcome: OutcomeView): Email {
  return {
    subject: subjectLine(`${outcome.kind}: ${view.policyName}`),
    text: parts(
      wrap(`${foreign(outcome.headline)}. ${foreign(outcome.detail)}`.trim()),
      part('The decision', [
        field('When', outcome.at.text),
        ...(outcome.reason === undefined ? [] : [field('Reason given', outcome.reason)]),
        field('Request', view.requestId),
      ]),
      changePart(view),
      findingsPart(view),
    ),
  };
}
