import type { ApprovalRequest, Approver } from '../../../workflow/ledger/request.ts';
import type { DecisionLink } from '../../media/email/decision-link.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { moment } from '../../media/wording/phrases.ts';
import { requestSubject } from '../../notices/request/email.ts';

/**
 * Who decides by a link. Every subscriber gets the same link, so it says nothing of who followed it: only which e-mail
 * it stood in, and from which address it was used.
 */
export function linkHolder(
  { sent }: DecisionLink,
  request: ApprovalRequest,
  { sourceIp, adminEmail }: { sourceIp: string; adminEmail: string | undefined },
): Approver {
  const subject = requestSubject(describeRequest(request));
  const to = adminEmail ?? 'the subscribers';
  const when = sent === undefined ? '' : ` of ${moment(new Date(sent * 1000).toISOString()).text}`;
  const text = `“${subject}”${when} to ${to}`;
  return { name: 'someone with the e-mail link', email: { text, sourceIp } };
}
