import type { DecisionLinks } from '../../media/email/decision-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { foreign, part, parts } from '../../media/email/lines.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { requestEmail } from '../request/email.ts';

/**
 * A request again, because nobody has decided yet.
 *
 * @param others those of the same requester that wait in the same thread, which this e-mail is about too
 */
export function reminderEmail(
  request: DescribedRequest,
  links: DecisionLinks,
  others: readonly DescribedRequest[],
): Email {
  return {
    subject: subjectLine(`still waiting for a decision about ${request.policyName}`),
    text: parts('Still waiting for a decision.', requestEmail(request, links).text, othersPart(others)),
  };
}

/** The requests that the same e-mail is about too. */
export function othersPart(others: readonly DescribedRequest[]): string {
  if (others.length === 0) return '';
  const lines = others.map(({ title, requestId }) => foreign(`- ${title} (request ${requestId})`));
  return part('Also waiting in the same thread in Slack', lines);
}
