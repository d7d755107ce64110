import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { detailsOnly, recordLines } from '../../media/slack/parts/glance-lines.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

/**
 * A restricted change that was left alone, because it is only to be observed. Nothing can be decided here, so nobody is
 * mentioned.
 *
 * @param reason which setting says to observe, in one sentence
 */
export function observedMessage(
  request: DescribedRequest,
  reason: string,
  accountNames: Settings['ACCOUNT_NAMES'],
): Message {
  const summary = `Would have been quarantined: ${plain(request.title, 400)}`;
  return message(`${summary}. Nothing was touched: the grant is in force.`, [
    header(`👁️ Would have been quarantined: ${plain(request.policyName, 100)}`),
    section(`*Observe mode: nothing was touched, and the grant is in force.* ${plain(reason, 400)}`),
    section(recordLines(request, accountNames)),
    detailsOnly(request),
    context(`Nobody is asked · ${code(request.requestId, 80)}`),
  ]);
}
