import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { DecisionLinks } from '../media/email/decision-part.ts';
import { type Email, type SentEmail, subjectLine } from '../media/email/email.ts';
import { parts } from '../media/email/lines.ts';
import type { DescribedRequest } from '../media/wording/describe-request.ts';
import { auditOf } from './delivery/audit.ts';
import type { NotifyDeps } from './delivery/deps.ts';
import { NotDeliveredError } from './delivery/errors.ts';
import { isAsked } from './delivery/is-asked.ts';
import { othersPart } from './reminder/email.ts';
import type { Asking } from './request/ask.ts';
import { requestEmail } from './request/email.ts';
import { mailRequest } from './request/mail.ts';

/** To the administrator: those who were asked have not decided. The same `others`. */
export function undecidedEmail(
  request: DescribedRequest,
  links: DecisionLinks,
  others: readonly DescribedRequest[],
): Email {
  return {
    subject: subjectLine(`nobody has decided about ${request.policyName}`),
    text: parts(
      `Nobody has decided since ${request.created.text}, although the approvers were asked. Without a decision it expires, which denies it.`,
      requestEmail(request, links).text,
      othersPart(others),
    ),
  };
}

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
  if (deps.settings.ADMIN_EMAIL === undefined) {
    return auditOf(deps, request, 'request.admin-not-told', 'ADMIN_EMAIL is not set.');
  }
  let sent: SentEmail;
  try {
    sent = await mailRequest(deps, request, toEmail, 'works');
  } catch (error) {
    if (!isAsked(request) && retryCount < TRIES)
      throw new NotDeliveredError('The administrator could not be mailed.', error);
    return adminNotTold(deps, request, error);
  }
  await auditOf(deps, request, 'request.admin-told', 'By e-mail: nobody has decided.', sent);
}

/** Writes down that the administrator's e-mail failed, for whoever looks into it. */
export function adminNotTold(deps: NotifyDeps, request: ApprovalRequest, error: unknown): Promise<void> {
  deps.log.error('The administrator could not be mailed; the request goes on waiting.', {
    error,
    requestId: request.id,
  });
  return auditOf(
    deps,
    request,
    'request.admin-not-told',
    error instanceof Error ? error.message : String(error),
  );
}
