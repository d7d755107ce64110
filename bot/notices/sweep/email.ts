import { type Email, subjectLine } from '../../media/email/email.ts';
import { foreign, parts } from '../../media/email/lines.ts';
import type { DescribedSweep } from './words.ts';

/** What a sweep has left alone, by e-mail. */
export function sweepEmail({ title, says, whatToDo, grants, more }: DescribedSweep): Email {
  const lines = grants.map(({ what, holders, since }) =>
    foreign(`- ${what}, held by ${holders}, seen since ${since.text}`),
  );
  return {
    subject: subjectLine(title),
    text: parts(
      `${title}.`,
      `${says} ${whatToDo.replaceAll('`', '')}`,
      lines.join('\n'),
      more === 0 ? undefined : `And ${more} more.`,
    ),
  };
}
