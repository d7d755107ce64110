import { createHash } from 'node:crypto';

/** Slack's limit for the value of a button, in characters; it may not be empty either. */
const LONGEST_VALUE = 2_000;

/**
 * What the buttons of a group carry: whose requests they are about.
 *
 * @param requesterKey as `requesterKey` makes it
 * @returns the key itself or, where a button does not take that, its SHA-256
 */
export function groupValue(requesterKey: string): string {
  if (requesterKey !== '' && requesterKey.length <= LONGEST_VALUE) return requesterKey;
  return `sha256:${createHash('sha256').update(requesterKey).digest('hex')}`;
}
