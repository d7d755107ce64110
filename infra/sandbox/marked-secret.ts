import { randomBytes } from 'node:crypto';

/** How every secret of the sandbox begins, so that one that got where it does not belong is recognised. */
export const SECRET_MARK = '5ec2e7';

/** @returns a secret of so many characters, in hex as Slack's are; all but the mark are random */
export function markedSecret(length: number): string {
  return `${SECRET_MARK}${randomBytes(length).toString('hex')}`.slice(0, length);
}
