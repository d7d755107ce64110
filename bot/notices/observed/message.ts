import { type Block, context, header, type Message, message, section } from '../../slack/blocks/blocks.ts';
import { code, plain } from '../../slack/blocks/mrkdwn.ts';
import { ACTION } from '../../slack/identifiers.ts';
import { callerDetails, changeFields } from '../../slack/parts/change-fields.ts';
import type { ChangeView } from '../../wording/describe-change.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import { grantedBlocks } from '../request/message.ts';

/**
 * A restricted change that was left alone, because it is only to be observed. Nothing can be decided here.
 *
 * @param change what was done; apart, because nothing was taken out of force
 * @param reason which setting says to observe, in one sentence
 */
export function observedMessage(view: RequestView, change: ChangeView, reason: string): Message {
  const summary = `Would have been quarantined: ${plain(view.title, 400)}`;
  return message(`${summary}. Nothing was touched: the grant is in force.`, [
    header(`👁️ Would have been quarantined: ${plain(view.policyName, 100)}`),
    section(
      `${summary}.\n*Observe mode: nothing was touched, and the grant is in force.* ${plain(reason, 400)}`,
    ),
    changeFields(change),
    ...grantedBlocks(view),
    ...callerDetails(change),
    detailsButton(view.requestId),
    context(`Nobody is asked · ${code(view.requestId, 80)}`),
  ]);
}

function detailsButton(requestId: string): Block {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: ACTION.details,
        text: { type: 'plain_text', text: 'Details' },
        value: requestId,
      },
    ],
  };
}
