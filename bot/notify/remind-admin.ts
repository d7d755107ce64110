import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { Asking } from './ask.ts';
import type { Channel, NotifyDeps } from './deps.ts';
import { NotDeliveredError } from './errors.ts';
import { mailRequest } from './mail-request.ts';
import { writeDown } from './write-down.ts';

/**
 * Mails the administrator that nobody has decided.
 *
 * @param reminded how the approvers were reminded a moment ago; left out when that was not due
 * @throws NotDeliveredError when that was all there was to do: with the reminder out, a next try would repeat it
 */
export async function remindAdmin(
  deps: NotifyDeps,
  request: ApprovalRequest,
  toEmail: Asking['toEmail'],
  reminded: Channel | undefined,
): Promise<void> {
  const { adminEmail, log } = deps;
  if (adminEmail === undefined)
    return note(deps, request, 'request.admin-not-told', 'ADMIN_EMAIL is not set.');
  try {
    await mailRequest(deps, request, toEmail);
  } catch (error) {
    if (reminded === undefined) throw new NotDeliveredError('The administrator could not be mailed.', error);
    log.warn('The administrator could not be mailed.', { error, requestId: request.id });
    const detail = error instanceof Error ? error.message : String(error);
    return note(deps, request, 'request.admin-not-told', detail);
  }
  await note(deps, request, 'request.admin-told', 'By e-mail: nobody has decided.');
}

function note(
  deps: NotifyDeps,
  { id, change, executionArn }: ApprovalRequest,
  event: string,
  detail: string,
): Promise<void> {
  return writeDown(deps, { event, requestId: id, detail, eventId: change.eventId, executionArn });
}
