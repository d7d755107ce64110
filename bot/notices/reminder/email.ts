import type { DecisionLinks } from '../../email/decision-part.ts';
import { type Email, subjectLine } from '../../email/email.ts';
import { foreign, part, parts, wrap } from '../../email/lines.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import { requestEmail } from '../request/email.ts';

/**
 * A request again, because nobody has decided yet.
 *
 * @param others those of the same requester that wait in the same thread, which this e-mail is about too
 */
export function reminderEmail(
  view: RequestView,
  links: DecisionLinks,
  others: readonly RequestView[],
): Email {
  return {
    subject: subjectLine(`still waiting for a decision about ${view.policyName}`),
    text: parts('Still waiting for a decision.', requestEmail(view, links).text, othersPart(others)),
  };
}

/** To the administrator: those who were asked have not decided. The same `others`. */
export function undecidedEmail(
  view: RequestView,
  links: DecisionLinks,
  others: readonly RequestView[],
): Email {
  return {
    subject: subjectLine(`nobody has decided about ${view.policyName}`),
    text: parts(
      wrap(
        `Nobody has decided since ${view.created.text}, although the approvers were asked. Without a decision it expires, which denies it.`,
      ),
      requestEmail(view, links).text,
      othersPart(others),
    ),
  };
}

function othersPart(others: readonly RequestView[]): string {
  if (others.length === 0) return '';
  const lines = others.map(({ title, requestId }) => wrap(foreign(`- ${title} (request ${requestId})`)));
  return part('Also waiting in the same thread in Slack', lines);
}
