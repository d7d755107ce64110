import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { address, field, foreign, part, parts } from '../../media/email/lines.ts';
import { named } from '../../media/wording/account-name.ts';
import type { DescribedEscalation } from './words.ts';

/** The loudest message there is. */
export function escalationEmail(described: DescribedEscalation, accountNames: readonly string[] = []): Email {
  const { title, danger, failure, whatToDo, change, accountAlias, executionArn, executionUrl } = described;
  return {
    subject: subjectLine(`URGENT: ${title.replace(/^Policy Guard /, '')}`),
    text: parts(
      `${foreign(title)}.`,
      foreign(danger),
      failure && part('What failed', [foreign(failure)]),
      part('What to do', [foreign(whatToDo)]),
      change && field('The change', change.title),
      change &&
        changePart(named({ ...change, ...(accountAlias !== undefined && { accountAlias }) }, accountNames)),
      part('Where to look', [field('Execution', executionArn), address('AWS console', executionUrl)]),
    ),
  };
}
