import { type Email, subjectLine } from '../../media/email/email.ts';
import { field, foreign, part, parts } from '../../media/email/lines.ts';
import { countOf } from '../../media/wording/phrases.ts';
import type { DescribedExemption, DescribedSummary } from './words.ts';

/** The daily summary of what exempt requesters have changed; there is room for all of it. */
export function summaryEmail(summary: DescribedSummary): Email {
  const changes = `${countOf(summary.count, 'change')}${summary.more ? ' or more' : ''} by exempt requesters`;
  return {
    subject: subjectLine(`daily summary: ${changes}`),
    text: parts(
      `${changes} from ${summary.from.text} to ${summary.to.text}. They were not held: the grants are in force.`,
      ...summary.exemptions.map(exemptionPart),
      field('What ended in this time', summary.outcomes.join(', ')),
    ),
  };
}

function exemptionPart({ pattern, reason, until, endsSoon, count, grants }: DescribedExemption): string {
  return part(countOf(count, 'change'), [
    field('By', pattern),
    field('Exempt because', reason),
    field('Exempt until', endsSoon === undefined ? until : `${until}: it ends ${endsSoon}`),
    ...grants.map((grant) => foreign(`- ${grant}`)),
  ]);
}
