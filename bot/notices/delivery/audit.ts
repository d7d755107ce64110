import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { NotifyDeps } from './deps.ts';

/**
 * An audit entry about something that people have been told. When the ledger does not take it the log keeps it:
 * failing now would make the state machine tell people once more.
 */
export async function audit(
  { ledger, log, now }: Pick<NotifyDeps, 'ledger' | 'log' | 'now'>,
  about: Omit<AuditEntry, 'at'>,
): Promise<void> {
  const entry = { at: now().toISOString(), ...about };
  await bestEffort(log.error, 'An audit entry could not be written.', { entry }, () => ledger.audit(entry));
}

/** The same about one request. @param message by which it was told, where that was in Slack */
export function auditOf(
  deps: Parameters<typeof audit>[0],
  { id, change, executionArn }: ApprovalRequest,
  event: string,
  detail: string,
  message?: SlackMessageRef,
): Promise<void> {
  const at = message && { slackChannel: message.channel, slackTs: message.ts };
  return audit(deps, { event, requestId: id, detail, ...at, eventId: change.eventId, executionArn });
}
