import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { Asking } from './ask.ts';
import type { NotifyDeps } from './deps.ts';
import { NotDeliveredError } from './errors.ts';
import { isAsked } from './is-asked.ts';
import { mailRequest } from './mail-request.ts';
import { writeDownOf } from './write-down.ts';

/** How often the e-mail is worth another try of the whole step. */
const TRIES = 3;

/**
 * Mails the administrator that nobody has decided. A courtesy: a request that people have been asked about goes on
 * waiting whatever becomes of the e-mail, and what is not known to have been asked does after a few tries.
 *
 * @throws NotDeliveredError in those tries
 */
export async function remindAdmin(
  deps: NotifyDeps,
  request: ApprovalRequest,
  { toEmail, retryCount }: Asking,
): Promise<void> {
  if (deps.adminEmail === undefined) {
    return writeDownOf(deps, request, 'request.admin-not-told', 'ADMIN_EMAIL is not set.');
  }
  try {
    await mailRequest(deps, request, toEmail);
  } catch (error) {
    if (!isAsked(request) && retryCount < TRIES)
      throw new NotDeliveredError('The administrator could not be mailed.', error);
    return adminNotTold(deps, request, error);
  }
  await writeDownOf(deps, request, 'request.admin-told', 'By e-mail: nobody has decided.');
}

/** Writes down that the administrator's e-mail failed, for whoever looks into it. */
export function adminNotTold(deps: NotifyDeps, request: ApprovalRequest, error: unknown): Promise<void> {
  deps.log.error('The administrator could not be mailed; the request goes on waiting.', {
    error,
    requestId: request.id,
  });
  return writeDownOf(
    deps,
    request,
    'request.admin-not-told',
    error instanceof Error ? error.message : String(error),
  );
}
