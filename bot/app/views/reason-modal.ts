import * as z from '../../../workflow/runtime/zod.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { modal, textInput } from '../../media/slack/blocks/modal.ts';
import { localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, ModalView } from '../../media/slack/blocks/types.ts';
import { REASON_INPUT, VIEW } from '../../media/slack/identifiers.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

/** Slack's limit for a text input is 3,000; a reason that long would not fit into the message. */
const LONGEST_REASON = 500;

/** A reason for breaking the glass says more than a word. */
export const SHORTEST_BREAK_GLASS_REASON = 10;

/** What travels in `private_metadata`, which only Slack can write: the request, and where the click was made. */
export const requestOriginSchema = z.object({ requestId: z.string(), channel: z.string() });
type RequestOrigin = z.output<typeof requestOriginSchema>;

/** Asks why a request is denied. */
export function denyView(request: DescribedRequest, origin: RequestOrigin): ModalView {
  return modal({
    ...{ callbackId: VIEW.deny, title: 'Deny this change', submit: 'Deny', metadata: origin },
    blocks: [
      section(`${plain(request.title, 600)}.`),
      section(`*If you deny:* ${plain(request.ifDenied, 300)}`),
      reasonInput('Why do you deny it?'),
      context(`Expires ${localTime(request.expires)}, which denies it`),
    ],
  });
}

/** Asks an approver who made the change for the reason that breaking the glass takes. */
export function breakGlassView(request: DescribedRequest, origin: RequestOrigin): ModalView {
  const { missing, needed } = request.approvals;
  const effect =
    missing > 1
      ? `Your approval counts as one of ${needed}; ${missing - 1} more ${missing === 2 ? 'is' : 'are'} needed.`
      : plain(request.ifApproved, 300);
  const title = 'Break the glass';
  return modal({
    ...{ callbackId: VIEW.breakGlass, title, submit: title, metadata: origin },
    blocks: [
      section(`${plain(request.title, 600)}.`),
      section('*You made this change yourself.* Nobody decides on their own change, except in an emergency.'),
      section(`*If you approve it:* ${effect} The whole channel and the administrator are told.`),
      reasonInput('Why can it not wait for somebody else?', SHORTEST_BREAK_GLASS_REASON),
    ],
  });
}

/** The one input of a modal that decides. */
export function reasonInput(label: string, shortest = 1): Block {
  const hint = 'Everyone in the channel sees it, and it is kept in the ledger.';
  return textInput(REASON_INPUT, { label, hint, shortest, longest: LONGEST_REASON, focus: true });
}
