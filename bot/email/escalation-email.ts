import type { EscalationView } from '../view/describe-escalation.ts';
import { changePart } from './change-part.ts';
import type { Email } from './email.ts';
import { subjectLine } from './email.ts';
import { address, field, foreign, part, parts, wrap } from './lines.ts';

/** The loudest message there is. */
export function escalationEmail(view: EscalationView): Email {
  const { title, danger, failure, whatToDo, change, executionArn, executionUrl } = view;
  return {
    subject: subjectLine(`URGENT: ${title.replace(/^Policy Guard /, '')}`),
    text: parts(
      wrap(`${foreign(title)}.`),
      wrap(foreign(danger)),
      failure && part('What failed', [wrap(foreign(failure))]),
      part('What to do', [wrap(foreign(whatToDo))]),
      change && field('The change', change.title),
      change && changePart(change),
      part('Where to look', [field('Execution', executionArn), address('AWS console', executionUrl)]),
    ),
  };
}
