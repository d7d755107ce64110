import { createHash } from 'node:crypto';

/** White space without a pattern: IAM does not count it, and it hardly compresses. */
export function noise(length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    const digest = createHash('sha256').update(`${block}`).digest();
    for (const byte of digest) for (let bit = 0; bit < 8; bit += 2) text += ' \t\n\r'[(byte >> bit) & 3];
  }
  return text.slice(0, length);
}
