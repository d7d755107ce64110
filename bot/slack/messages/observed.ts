import type { ChangeView } from '../../view/describe-change.ts';
import type { RequestView } from '../../view/describe-request.ts';
import { ACTION } from '../identifiers.ts';
import type { Block, Message } from './blocks.ts';
import { context, header, message, section } from './blocks.ts';
import { callerDetails, changeFields } from './change-fields.ts';
import { code, plain } from './mrkdwn.ts';
import { grantedBlocks } from './request-message.ts';

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
