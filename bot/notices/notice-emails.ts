import { changePart } from '../email/change-part.ts';
import { type Email, subjectLine } from '../email/email.ts';
import { findingsPart } from '../email/findings-part.ts';
import { field, foreign, parts, wrap } from '../email/lines.ts';
import type { ChangeView } from '../wording/describe-change.ts';
import type { RequestView } from '../wording/describe-request.ts';
import type { AllowedView } from './describe-allowed.ts';

/** A harmless change, told because `NOTIFY_ALLOWED` asks for it. */
export function allowedEmail(view: AllowedView): Email {
  return {
    subject: subjectLine(`allowed: ${view.policyName}`),
    text: parts(wrap(`Allowed: ${foreign(view.title)}. ${foreign(view.reason)}`), changePart(view)),
  };
}

/** A change that ended before it could be put to anybody: somebody else changed or deleted it first. */
export function endedEarlyEmail(view: ChangeView, outcome: 'superseded' | 'gone', detail: string): Email {
  return {
    subject: subjectLine(`${outcome}: ${view.policyName}`),
    text: parts(
      wrap(`Ended early: ${foreign(view.title)}. Nobody was asked: ${foreign(detail)}`),
      changePart(view),
    ),
  };
}

/** A change that was made once more while a request for it waits. */
export function coveredEmail(view: ChangeView, coveredBy: string): Email {
  return {
    subject: subjectLine(`taken out of force again: ${view.policyName}`),
    text: parts(
      wrap(
        `Once more: ${foreign(view.title)}. It was taken out of force again; the request below still covers it.`,
      ),
      field('Request', coveredBy),
      changePart(view),
    ),
  };
}

/**
 * A restricted change that was left alone, because it is only to be observed.
 *
 * @param change what was done; apart, because nothing was taken out of force
 * @param reason which setting says to observe, in one sentence
 */
export function observedEmail(view: RequestView, change: ChangeView, reason: string): Email {
  return {
    subject: subjectLine(`would have been quarantined: ${view.policyName}`),
    text: parts(
      wrap(`Would have been quarantined: ${foreign(view.title)}.`),
      wrap(`Observe mode: nothing was touched, and the grant is in force. ${foreign(reason)}`),
      changePart(change),
      findingsPart(view),
      field('Record', view.requestId),
    ),
  };
}
