import { type IamReader, NotFoundError } from '../account/iam/iam.ts';
import { readTargetDocument } from '../containment/contain.ts';
import { lookUntil, type Pause, whileMissing } from '../containment/settle.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { wouldBeQuarantined } from './review.ts';

/**
 * The document that a change put in force: as the event holds it, else as IAM does.
 *
 * @returns undefined when IAM does not show it, also after its usual lag
 * @throws every other failure of IAM
 */
export async function readDocument(
  { change, document }: Pick<ParsedChange, 'change' | 'document'>,
  rules: ReviewRules,
  { iam, pause }: { iam: IamReader; pause: Pause },
): Promise<string | undefined> {
  if ('text' in document) return document.text;
  const read = () => readTargetDocument(change.target, iam);
  try {
    const text = await whileMissing(read, pause);
    if (change.target.type !== 'inline-policy') return text;
    // An inline policy has no versions: what is read may be what stood there before the change. That nothing has to
    // be taken out of force counts only once IAM's lag is over.
    const isRestricted = (found: string) => wouldBeQuarantined(found, rules);
    return isRestricted(text) ? text : await lookUntil(read, isRestricted, pause);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Why there is nothing to judge, for a document that could not be read. */
export function whyMissing({ document }: Pick<ParsedChange, 'document'>): string {
  const why = 'missing' in document ? document.missing : 'The event holds no document';
  return `${why}, and IAM does not show one either.`;
}
