import { createHash } from 'node:crypto';

/** RFC 4648, lower case: every character can be read out over the phone. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 10;

/**
 * The id of the request that a change makes, the same however often the change is reported: `pg-` and ten
 * characters (50 bits).
 *
 * @param content all that decides what the change is and whose. Whoever may start the state machine can send an event
 *   with the `eventID` of another: it must not pass for that one
 */
export function requestIdOf(accountId: string, eventId: string, content: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([accountId, eventId, content]))
    .digest();
  let bits = BigInt(`0x${digest.toString('hex')}`) >> BigInt(256 - LENGTH * 5);
  let id = '';
  for (let index = 0; index < LENGTH; index++) {
    id = BASE32.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return `pg-${id}`;
}
