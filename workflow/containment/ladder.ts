import { LimitExceededError, RefusedDocumentError } from '../account/iam/iam.ts';
import { deniesOf, PLACEHOLDER, placeholderOf, rungsOf, sameText } from './placeholder.ts';

/**
 * What may stand in a grant's place, what is best first: the planned document, then nothing but what takes away,
 * with less and less of it. Each needs no more room than the one before.
 */
export function ladderOf(planned: string, reviewed: string): string[] {
  return [...new Set([planned, ...rungsOf(placeholderOf(planned, reviewed).text)])];
}

/** Whether a text is one that quarantine leaves in the place of the reviewed document. */
export function isOnLadder(text: string, planned: string, reviewed: string): boolean {
  return ladderOf(planned, reviewed).some((rung) => sameText(text, rung));
}

/**
 * Writes the first of these that IAM takes.
 *
 * @returns which one, and what the write gave; undefined when there is room for none
 */
export async function writeFirstThatFits<T>(
  ladder: readonly string[],
  write: (document: string) => Promise<T>,
): Promise<{ document: string; answer: T } | undefined> {
  for (const document of ladder) {
    try {
      return { document, answer: await write(document) };
    } catch (error) {
      if (!(error instanceof LimitExceededError || error instanceof RefusedDocumentError)) throw error;
    }
  }
  return undefined;
}

/**
 * The Denies of the reviewed document that do not stand, as phrases for people.
 *
 * @param stands undefined when nothing stands there
 * @param unread those that could not be read
 */
export function leftOutOf(
  reviewed: string,
  stands: string | undefined,
  unread: readonly string[],
): { leftOut?: string[] } {
  const lost = stands === undefined || sameText(stands, PLACEHOLDER);
  const all =
    lost && deniesOf(reviewed).text !== undefined ? [...unread, 'its Denies: they have no room'] : unread;
  return all.length === 0 ? {} : { leftOut: [...all] };
}
