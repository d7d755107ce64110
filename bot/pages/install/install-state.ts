import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Ten minutes: as long as Slack's own code lives. Seconds. */
export const STATE_SECONDS = 600;

export const STATE_COOKIE = 'policy_guard_install';

/**
 * The `state` of an installation: when it ends, a random part that the browser keeps in a cookie, and a signature
 * over both. It comes back through Slack and proves that this browser began the installation here.
 *
 * @see RFC 6749, section 10.12
 */
export function createState(key: string, now: Date): { state: string; nonce: string } {
  const nonce = randomBytes(24).toString('base64url');
  const expires = Math.floor(now.getTime() / 1000) + STATE_SECONDS;
  return { state: `${expires}.${nonce}.${sign(expires, nonce, key)}`, nonce };
}

/** @param nonce what the browser's cookie holds @returns why the state is refused, or undefined when it is good */
export function refuseState(
  state: string | null,
  nonce: string | undefined,
  key: string,
  now: Date,
): string | undefined {
  const [expires = '', signed = '', signature = ''] = state?.split('.') ?? [];
  if (!/^\d{1,12}$/.test(expires) || !same(signature, sign(Number(expires), signed, key))) {
    return 'it was not started here';
  }
  if (now.getTime() >= Number(expires) * 1000) return 'it was started more than ten minutes ago';
  if (nonce === undefined || !same(nonce, signed)) return 'it was started in another browser';
  return undefined;
}

function sign(expires: number, nonce: string, key: string): string {
  // The purpose comes first, because the same key signs decision links too.
  return createHmac('sha256', key)
    .update(['policy-guard/install', expires, nonce].join('\n'))
    .digest('base64url');
}

function same(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
