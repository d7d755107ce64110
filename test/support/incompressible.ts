import { createHash } from 'node:crypto';

/** Text of so many letters and digits that no packing makes much smaller; the same each time. */
export function incompressible(length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    text += createHash('sha512').update(`${block}`).digest('base64url');
  }
  return text.slice(0, length);
}
