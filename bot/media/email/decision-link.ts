import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from '../../../workflow/runtime/zod.ts';

/** What a link lets its holder do: one decision about one request, until a time. */
export interface DecisionLink {
  requestId: string;
  decision: 'approve' | 'deny';
  /** Unix time, whole seconds. */
  expires: number;
  /** When the e-mail that holds it was sent, which tells the e-mails of one request apart. Unix time, whole seconds. */
  sent: number;
}

export type LinkVerification =
  | { status: 'valid'; link: DecisionLink }
  /** Genuine, but too old. */
  | { status: 'expired'; link: DecisionLink }
  /** Well formed, but not signed with this key: altered, or made up. */
  | { status: 'forged'; requestId: string }
  | { status: 'malformed' };

/** The signing key is too short to be safe; nothing is signed or accepted with it. */
export class WeakLinkKeyError extends Error {
  override name = 'WeakLinkKeyError';

  constructor() {
    super('The linkSigningKey has fewer than 32 characters; store a longer random one in the link secret.');
  }
}

const unixTime = z.string().check(z.regex(/^[1-9]\d{0,11}$/));

const parametersSchema = z.object({
  request: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  decision: z.enum(['approve', 'deny']),
  expires: unixTime,
  sent: unixTime,
  signature: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/** The parameters of a link, in the order in which they are written. */
const LINK_PARAMETERS = ['request', 'decision', 'expires', 'sent', 'signature'] as const;

/**
 * `${publicUrl}/decide?request=…&decision=approve|deny&expires=<unix>&sent=<unix>&signature=<hex HMAC-SHA256>`
 *
 * @param publicUrl where the HTTP API answers, with or without a slash at the end
 * @throws WeakLinkKeyError
 */
export function decisionLinkUrl(publicUrl: string, link: DecisionLink, key: string): string {
  const parameters = new URLSearchParams({
    request: link.requestId,
    decision: link.decision,
    expires: String(link.expires),
    sent: String(link.sent),
    signature: signature(link, key).toString('hex'),
  });
  return `${publicUrl.replace(/\/+$/, '')}/decide?${parameters}`;
}

/**
 * Judges the parameters of a link. The signature comes before the age, so that only a genuine link is told apart
 * from a forged one.
 *
 * @throws WeakLinkKeyError
 */
export function verifyDecisionLink(parameters: URLSearchParams, key: string, now: Date): LinkVerification {
  const parsed = parametersSchema.safeParse(onlyOnce(parameters));
  if (!parsed.success) return { status: 'malformed' };
  const { request: requestId, decision, expires, sent } = parsed.data;
  const link = { requestId, decision, expires: Number(expires), sent: Number(sent) };
  if (!timingSafeEqual(signature(link, key), Buffer.from(parsed.data.signature, 'hex'))) {
    return { status: 'forged', requestId };
  }
  return { status: now.getTime() < link.expires * 1000 ? 'valid' : 'expired', link };
}

/** A parameter given twice could mean one thing to this code and another to a proxy; it counts as not given. */
function onlyOnce(parameters: URLSearchParams): Record<string, string | undefined> {
  return Object.fromEntries(
    LINK_PARAMETERS.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : undefined];
    }),
  );
}

function signature({ requestId, decision, expires, sent }: DecisionLink, key: string): Buffer {
  if (key.length < 32) throw new WeakLinkKeyError();
  // The purpose comes first, because the same key signs other things too; none of the parts can hold a line break.
  const signed = ['policy-guard/decision-link', requestId, decision, expires, sent];
  return createHmac('sha256', key).update(signed.join('\n')).digest();
}
