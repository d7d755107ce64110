import * as z from 'zod';
import { type Block, context, type ModalView, section } from '../../slack/blocks/blocks.ts';
import { localTime, plain } from '../../slack/blocks/mrkdwn.ts';
import { REASON_INPUT, VIEW } from '../../slack/identifiers.ts';
import type { RequestView } from '../../wording/describe-request.ts';

/** Slack's limit for a text input is 3,000; a reason that long would not fit into the message. */
const LONGEST_REASON = 500;

/** A reason for breaking the glass says more than a word. */
export const SHORTEST_BREAK_GLASS_REASON = 10;

/** What travels in `private_metadata`, which only Slack can write: the request, and where the click was made. */
export const requestOriginSchema = z.object({ requestId: z.string(), channel: z.string() });
export type RequestOrigin = z.output<typeof requestOriginSchema>;

/** Asks why a request is denied. */
export function denyView(view: RequestView, origin: RequestOrigin): ModalView {
  return {
    ...reasonModal(VIEW.deny, 'Deny this change', 'Deny', origin),
    blocks: [
      section(`${plain(view.title, 600)}.`),
      section(`*If you deny:* ${plain(view.ifDenied, 300)}`),
      reasonInput('Why do you deny it?'),
      context(`Expires ${localTime(view.expires)}, which denies it`),
    ],
  };
}

/** Asks an approver who made the change for the reason that breaking the glass takes. */
export function breakGlassView(view: RequestView, origin: RequestOrigin): ModalView {
  const { missing, needed } = view.approvals;
  const effect =
    missing > 1
      ? `Your approval counts as one of ${needed}; ${missing - 1} more ${missing === 2 ? 'is' : 'are'} needed.`
      : plain(view.ifApproved, 300);
  return {
    ...reasonModal(VIEW.breakGlass, 'Break the glass', 'Break the glass', origin),
    blocks: [
      section(`${plain(view.title, 600)}.`),
      section('*You made this change yourself.* Nobody decides on their own change, except in an emergency.'),
      section(`*If you approve it:* ${effect} The whole channel and the administrator are told.`),
      reasonInput('Why can it not wait for somebody else?', SHORTEST_BREAK_GLASS_REASON),
    ],
  };
}

/** The frame of a modal that decides, around its blocks. */
export function reasonModal(
  callbackId: string,
  title: string,
  submit: string,
  metadata: object,
): Omit<ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(metadata),
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: submit },
    close: { type: 'plain_text', text: 'Cancel' },
  };
}

/** The one input of a modal that decides. */
export function reasonInput(label: string, shortest = 1): Block {
  return {
    type: 'input',
    block_id: REASON_INPUT,
    label: { type: 'plain_text', text: label },
    hint: { type: 'plain_text', text: 'Everyone in the channel sees it, and it is kept in the ledger.' },
    element: {
      type: 'plain_text_input',
      action_id: REASON_INPUT,
      multiline: true,
      min_length: shortest,
      max_length: LONGEST_REASON,
    },
  };
}
