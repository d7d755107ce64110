import { changePart } from '../../email/change-part.ts';
import { type Email, subjectLine } from '../../email/email.ts';
import { findingsPart } from '../../email/findings-part.ts';
import { field, foreign, parts, wrap } from '../../email/lines.ts';
import { actions, button, context, header, message, section } from '../../slack/blocks/blocks.ts';
import { code, plain } from '../../slack/blocks/mrkdwn.ts';
import type { Message } from '../../slack/blocks/types.ts';
import { ACTION } from '../../slack/identifiers.ts';
import { callerDetails, changeFields } from '../../slack/parts/change-fields.ts';
import { grantedBlocks } from '../../slack/parts/findings.ts';
import type { DescribedChange } from '../../wording/describe-change.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
/**
 * A restricted change that was left alone, because it is only to be observed. Nothing can be decided here.
 *
 * @param change what was done; apart, because nothing was taken out of force
 * @param reason which setting says to observe, in one sentence
 */
export function observedMessage(request: DescribedRequest, change: DescribedChange, reason: string): Message {
  const summary = `Would have been quarantined: ${plain(request.title, 400)}`;
  return message(`${summary}. Nothing was touched: the grant is in force.`, [
    header(`👁️ Would have been quarantined: ${plain(request.policyName, 100)}`),
    section(
      `${summary}.\n*Observe mode: nothing was touched, and the grant is in force.* ${plain(reason, 400)}`,
    ),
    changeFields(change),
    ...grantedBlocks(request),
    ...callerDetails(change),
    actions([button(ACTION.details, 'Details', { value: request.requestId })]),
    context(`Nobody is asked · ${code(request.requestId, 80)}`),
  ]);
}

/** The same by e-mail. */
export function observedEmail(request: DescribedRequest, change: DescribedChange, reason: string): Email {
  return {
    subject: subjectLine(`would have been quarantined: ${request.policyName}`),
    text: parts(
      wrap(`Would have been quarantined: ${foreign(request.title)}.`),
      wrap(`Observe mode: nothing was touched, and the grant is in force. ${foreign(reason)}`),
      changePart(change),
      findingsPart(request),
      field('Record', request.requestId),
    ),
  };
}
