import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two texts are the same policy: byte for byte, or as JSON, because an event and IAM may differ in white
 * space and escapes. Only for finding what a change put in force; what is put back is compared byte for byte.
 */
export function sameDocument(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
  } catch {
    return false;
  }
}
