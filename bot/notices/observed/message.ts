import { actions, button, context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { ACTION } from '../../media/slack/identifiers.ts';
import { callerDetails, changeFields } from '../../media/slack/parts/change-fields.ts';
import { grantedBlocks } from '../../media/slack/parts/findings.ts';
import type { DescribedChange } from '../../media/wording/describe-change.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
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
