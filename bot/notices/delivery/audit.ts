import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { SentEmail } from '../../media/email/email.ts';
import type { NotifyDeps } from './deps.ts';

export interface AuditDeps extends Pick<NotifyDeps, 'log' | 'now'> {
  ledger: Pick<NotifyDeps['ledger'], 'audit'>;
}

/**
 * An audit entry about something that people have been told. When the ledger does not take it the log keeps it:
 * failing now would make the state machine tell people once more.
 */
export async function audit({ ledger, log, now }: AuditDeps, about: Omit<AuditEntry, 'at'>): Promise<void> {
  const entry = { at: now().toISOString(), ...about };
  await bestEffort(log.error, 'An audit entry could not be written.', { entry }, () => ledger.audit(entry));
}

/** By what somebody was told. */
export type Messenger = SlackMessageRef | SentEmail;

/** The ids by which a message or an e-mail is found again. */
export function messengerIds(by: Messenger | undefined): Partial<AuditEntry> {
  if (by === undefined) return {};
  return 'ts' in by
    ? { slackChannel: by.channel, slackTs: by.ts }
    : { emailId: by.messageId, emailTo: by.to };
}

/** The same about one request. @param by by what it was told, where anybody was */
export function auditOf(
  deps: AuditDeps,
  { id, change, executionArn }: ApprovalRequest,
  event: string,
  detail: string,
  by?: Messenger,
): Promise<void> {
  const { eventId } = change;
  return audit(deps, { event, requestId: id, detail, ...messengerIds(by), eventId, executionArn });
}
