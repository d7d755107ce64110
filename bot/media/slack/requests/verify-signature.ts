import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own bound for replays; docs.slack.dev, "Verifying requests from Slack". Seconds. */
export const WINDOW_SECONDS = 300;

/** How far two clocks set by NTP may be apart; a time stamp further ahead would outlive the window. Seconds. */
export const SKEW_SECONDS = 10;

interface SignedRequest {
  signature: string | undefined;
  timestamp: string | undefined;
  /** The body as it was sent, before any parsing. */
  body: string;
}

/** `mismatch`: all is well but the signature itself, as after the signing secret was rotated. */
type SignatureVerdict = { valid: true } | { valid: false; reason: string; mismatch: boolean };

/**
 * Verifies Slack's signature (version v0) over time stamp and body.
 *
 * Bolt verifies again later; this one also refuses time stamps in the future and signatures of another version,
 * and does so before anything of the request is read.
 *
 * @param now milliseconds since the epoch
 */
export function verifySignature(
  request: SignedRequest,
  signingSecret: string,
  now: number,
): SignatureVerdict {
  const { signature, timestamp, body } = request;
  if (!signature || !timestamp) return refused('the signature or its time stamp is missing');
  if (!/^\d{1,12}$/.test(timestamp)) return refused('the time stamp is not a number of seconds');
  const age = Math.floor(now / 1000) - Number(timestamp);
  if (age > WINDOW_SECONDS)
    return refused(`the request is stale: signed ${age} seconds ago, or this clock is wrong`);
  if (age < -SKEW_SECONDS)
    return refused(`the time stamp lies ${-age} seconds in the future, or this clock is wrong`);
  const expected = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  if (equal(signature, expected)) return { valid: true };
  return { valid: false, reason: 'the signature does not match the body', mismatch: true };
}

function refused(reason: string): SignatureVerdict {
  return { valid: false, reason, mismatch: false };
}

function equal(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
