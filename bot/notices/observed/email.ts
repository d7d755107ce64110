import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { findingsPart } from '../../media/email/findings-part.ts';
import { glancePart } from '../../media/email/glance-part.ts';
import { field, foreign, parts } from '../../media/email/lines.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

/** A restricted change that was left alone, by e-mail; the parameters are those of the message. */
export function observedEmail(request: DescribedRequest, reason: string): Email {
  return {
    subject: subjectLine(`would have been quarantined: ${request.policyName}`),
    text: parts(
      `Would have been quarantined: ${foreign(request.title)}.`,
      `Observe mode: nothing was touched, and the grant is in force. ${foreign(reason)}`,
      glancePart(request),
      changePart(request),
      findingsPart(request),
      field('Record', request.requestId),
    ),
  };
}
