import type { RequestView } from '../../view/describe-request.ts';
import { REASON_INPUT, REASON_VIEW } from '../identifiers.ts';
import type { ModalView } from './blocks.ts';
import { context, section } from './blocks.ts';
import { localTime, plain } from './mrkdwn.ts';

/** Slack's limit for a text input is 3,000; a reason that long would not fit into the message. */
const LONGEST_REASON = 500;

/** Asks for a decision and its reason. The request id travels in `private_metadata`, which only Slack can write. */
export function reasonView(view: RequestView): ModalView {
  const choice = (value: string, label: string, description: string) => ({
    value,
    text: { type: 'plain_text' as const, text: label },
    description: { type: 'plain_text' as const, text: plain(description, 75) },
  });
  return {
    type: 'modal',
    callback_id: REASON_VIEW,
    private_metadata: view.requestId,
    title: { type: 'plain_text', text: 'Decide with a reason' },
    submit: { type: 'plain_text', text: 'Decide' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      section(plain(view.title, 600)),
      {
        type: 'input',
        block_id: REASON_INPUT.decision,
        label: { type: 'plain_text', text: 'Decision' },
        element: {
          type: 'radio_buttons',
          action_id: REASON_INPUT.decision,
          options: [choice('approved', 'Approve', view.ifApproved), choice('denied', 'Deny', view.ifDenied)],
        },
      },
      {
        type: 'input',
        block_id: REASON_INPUT.reason,
        label: { type: 'plain_text', text: 'Reason' },
        hint: { type: 'plain_text', text: 'Everyone in the channel sees it, and it is kept in the ledger.' },
        element: {
          type: 'plain_text_input',
          action_id: REASON_INPUT.reason,
          multiline: true,
          max_length: LONGEST_REASON,
        },
      },
      context(`Expires ${localTime(view.expires)}, which denies it`),
    ],
  };
}
