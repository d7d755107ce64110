import { type Email, subjectLine } from '../../email/email.ts';
import { field, foreign, part, parts, wrap } from '../../email/lines.ts';
import { countOf } from '../../wording/phrases.ts';
import type { ExemptionView, SummaryView } from './words.ts';

/** The daily summary of what exempt requesters have changed; there is room for all of it. */
export function summaryEmail(view: SummaryView): Email {
  const changes = `${countOf(view.count, 'change')}${view.more ? ' or more' : ''} by exempt requesters`;
  return {
    subject: subjectLine(`daily summary: ${changes}`),
    text: parts(
      wrap(
        `${changes} from ${view.from.text} to ${view.to.text}. They were not held: the grants are in force.`,
      ),
      ...view.exemptions.map(exemptionPart),
      field('What ended in this time', view.outcomes.join(', ')),
    ),
  };
}

function exemptionPart({ pattern, reason, until, endsSoon, count, grants }: ExemptionView): string {
  return part(countOf(count, 'change'), [
    field('By', pattern),
    field('Exempt because', reason),
    field('Exempt until', endsSoon === undefined ? until : `${until}: it ends ${endsSoon}`),
    ...grants.map((grant) => wrap(foreign(`- ${grant}`))),
  ]);
}
