import type { DescribedRequest } from '../wording/describe-request.ts';
import { foreign, part } from './lines.ts';

/** What was asked and answered; nothing where nobody has said anything. */
export function remarksPart({ remarks }: Pick<DescribedRequest, 'remarks'>): string | undefined {
  if (remarks.length === 0) return undefined;
  const lines = remarks.map(
    ({ name, verb, text, at }) => `${foreign(`${name} ${verb}, ${at.text}`)}: ${foreign(text)}`,
  );
  return part('Asked and answered', lines);
}
