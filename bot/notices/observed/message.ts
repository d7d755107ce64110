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
