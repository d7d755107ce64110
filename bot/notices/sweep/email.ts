import { type Email, subjectLine } from '../../media/email/email.ts';
import { foreign, parts } from '../../media/email/lines.ts';
import type { DescribedGrant, DescribedSweep } from './words.ts';

/** What a sweep has left alone, by e-mail. */
export function sweepEmail({ title, says, whatToDo, parts: told, more }: DescribedSweep): Email {
  return {
    subject: subjectLine(title),
    text: parts(
      `${title}.`,
      `${says} ${whatToDo.replaceAll('`', '')}`,
      ...told.map(({ heading, grants }) => [`${heading}:`, ...grants.map(grantLine)].join('\n')),
      more === 0 ? undefined : `And ${more} more.`,
    ),
  };
}

function grantLine({ what, holders, how, since, by }: DescribedGrant): string {
  return foreign(
    `- ${what}, held by ${holders}, ${how} ${since.text}${by === undefined ? '' : `, by ${by}`}`,
  );
}
