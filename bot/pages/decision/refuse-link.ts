import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import type { DecisionLink, LinkVerification } from '../../media/email/decision-link.ts';
import type { RefuseStranger } from '../../notices/delivery/refuse-stranger.ts';
import type { PageRequest } from '../http-request.ts';
import type { PageResponse } from '../page.ts';
import * as pages from './pages.ts';

interface RefuseDeps {
  ledger: Pick<Ledger, 'audit' | 'read'>;
  now: () => Date;
  emailLinks: Settings['EMAIL_LINKS'];
  refuseStranger: RefuseStranger;
  log: Log;
}

/** What links may do is asked at the moment of use: a setting that has been changed counts for e-mails sent before. */
export function isSwitchedOff({ decision }: DecisionLink, emailLinks: Settings['EMAIL_LINKS']): boolean {
  return emailLinks === 'off' || (emailLinks === 'deny-only' && decision === 'approve');
}

/** A refused link tells its holder nothing of the request. */
export async function refuseLink(
  verified: Exclude<LinkVerification, { status: 'valid' }>,
  page: PageRequest,
  deps: RefuseDeps,
): Promise<PageResponse> {
  if (verified.status !== 'expired') {
    deps.refuseStranger(refusal(page, verified.status, deps.now()));
    return pages.refusalPage(verified.status);
  }
  await auditRefused(deps, page, verified.status, verified.link.requestId);
  // Genuine, only old: whoever holds it may know how the request ended.
  const request = await deps.ledger.read(verified.link.requestId);
  const ended = request !== undefined && request.status !== 'pending';
  return ended ? pages.decidedPage(request, false) : pages.refusalPage('expired');
}

export async function refuseSwitchedOff(
  { requestId }: DecisionLink,
  page: PageRequest,
  deps: RefuseDeps,
): Promise<PageResponse> {
  await auditRefused(deps, page, `switched off (EMAIL_LINKS is ${deps.emailLinks})`, requestId);
  return pages.refusalPage(deps.emailLinks === 'off' ? 'switchedOff' : 'denyOnly');
}

/** The audit trail and the log keep the attempt; the log keeps what the ledger could not. */
async function auditRefused(
  { ledger, now, log }: RefuseDeps,
  page: PageRequest,
  what: string,
  requestId: string,
): Promise<void> {
  const entry = { ...refusal(page, what, now()), requestId };
  const { detail } = entry;
  log.warn(`Refused: ${detail}`, { requestId });
  await bestEffort(log.error, 'A refused link could not be audited', { detail }, () => ledger.audit(entry));
}

/** A forged link names any request it likes: it is no part of that request's trail. */
function refusal({ method, sourceIp }: PageRequest, what: string, now: Date): AuditEntry {
  const detail = `${method} with a link that is ${what}; from ${sourceIp}`;
  return { at: now.toISOString(), event: 'link.refused', detail };
}
