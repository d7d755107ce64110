import type { AuditEntry } from '../../../../workflow/ledger/audit-trail.ts';
import { readHttpEvent, type SlackHttpRequest } from './http-event.ts';
import { readOrigin } from './origin.ts';
import { verifySignature } from './verify-signature.ts';

export interface HttpResponse {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  body: string;
}

interface FrontGuardDeps {
  /** The signing secret as last read, and read again (at most once a minute). */
  signingSecret: { current(): Promise<string | undefined>; refreshed(): Promise<string | undefined> };
  teamId: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Of whoever Slack vouches for. */
  audit: (entry: AuditEntry) => Promise<void>;
  /** Of everybody else. Must not throw. */
  refuseStranger: (entry: AuditEntry) => void;
}

/** A request that Slack signed, from the right workspace, and the secret that proved it. */
export interface AdmittedRequest {
  request: SlackHttpRequest;
  signingSecret: string;
}

type Admission = { admitted: AdmittedRequest } | { response: HttpResponse };

/**
 * Everything that has to hold before Bolt sees a request. Bolt alone throws on bodies it cannot read before it has
 * verified anything, answers an unsigned `ssl_check`, and takes time stamps of the future.
 */
export async function admit(event: unknown, deps: FrontGuardDeps): Promise<Admission> {
  const request = readHttpEvent(event);
  if (request === undefined) {
    return refuseStranger(deps, 400, 'request.refused', 'the HTTP request cannot be read');
  }
  const signed = await verify(request, deps);
  if ('reason' in signed) {
    const detail = `${signed.reason}; from ${request.sourceIp ?? 'an unknown address'}`;
    return refuseStranger(deps, 401, 'signature.refused', detail);
  }
  const origin = readOrigin(request.body, request.contentType);
  if (origin === undefined)
    return refuse(deps, 400, 'request.refused', 'the body is not one that Slack sends');
  if (origin.sslCheck) return { response: { statusCode: 200, body: '' } };
  if (origin.challenge !== undefined) return { response: challenged(origin.challenge) };
  if (origin.enterpriseInstall || origin.teamId !== deps.teamId) {
    const person = { slackUserId: origin.userId, slackUserName: origin.userName, slackTeamId: origin.teamId };
    return refuse(deps, 403, 'workspace.refused', 'the request comes from another workspace', person);
  }
  return { admitted: { request, signingSecret: signed.secret } };
}

/** Slack names no workspace when it asks whether an address is ours; the signature proves that it is Slack. */
function challenged(challenge: string): HttpResponse {
  const headers = { 'content-type': 'application/json' };
  return { statusCode: 200, headers, body: JSON.stringify({ challenge }) };
}

async function verify(
  request: SlackHttpRequest,
  { signingSecret, now }: FrontGuardDeps,
): Promise<{ secret: string } | { reason: string }> {
  const secret = await signingSecret.current();
  const verdict = secret ? verifySignature(request, secret, now()) : undefined;
  if (secret && verdict?.valid) return { secret };
  if (verdict && !verdict.valid && !verdict.mismatch) return { reason: verdict.reason };
  const renewed = await signingSecret.refreshed();
  if (!renewed) return { reason: 'no signing secret is stored yet; npm run slack:credentials stores it' };
  const second = verifySignature(request, renewed, now());
  return second.valid ? { secret: renewed } : { reason: second.reason };
}

function refuseStranger(deps: FrontGuardDeps, statusCode: number, event: string, detail: string): Admission {
  deps.refuseStranger({ at: new Date(deps.now()).toISOString(), event, detail });
  return { response: { statusCode, body: '' } };
}

/** The caller learns nothing but the status; the reason is for the audit trail. */
async function refuse(
  deps: FrontGuardDeps,
  statusCode: number,
  event: string,
  detail: string,
  person: Pick<AuditEntry, 'slackUserId' | 'slackUserName' | 'slackTeamId'> = {},
): Promise<Admission> {
  await deps.audit({ at: new Date(deps.now()).toISOString(), event, detail, ...person });
  return { response: { statusCode, body: '' } };
}
