import type { AuditEntry } from '../../workflow/ledger/audit-trail.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { NotifyDeps } from './deps.ts';

/**
 * An audit entry about something that people have been told. When the ledger does not take it the log keeps it:
 * failing now would make the state machine tell people once more.
 */
export async function writeDown(
  { ledger, log, now }: Pick<NotifyDeps, 'ledger' | 'log' | 'now'>,
  about: Omit<AuditEntry, 'at'>,
): Promise<void> {
  const entry = { at: now().toISOString(), ...about };
  try {
    await ledger.audit(entry);
  } catch (error) {
    log.error('An audit entry could not be written.', { error, entry });
  }
}

/** The same about one request. */
export function writeDownOf(
  deps: Parameters<typeof writeDown>[0],
  { id, change, executionArn }: ApprovalRequest,
  event: string,
  detail: string,
): Promise<void> {
  return writeDown(deps, { event, requestId: id, detail, eventId: change.eventId, executionArn });
}
