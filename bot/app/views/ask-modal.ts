import type * as z from '../../../workflow/runtime/zod.ts';
import { section } from '../../media/slack/blocks/blocks.ts';
import { mention } from '../../media/slack/blocks/mentions.ts';
import { modal, textInput } from '../../media/slack/blocks/modal.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { ModalView } from '../../media/slack/blocks/types.ts';
import { REASON_INPUT, VIEW } from '../../media/slack/identifiers.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { enumerate } from '../../media/wording/phrases.ts';
import { LONGEST_REMARK } from '../../notices/remarks.ts';
import type { requestOriginSchema } from './reason-modal.ts';

/**
 * Asks for a question to the requester.
 *
 * @param asked who gets it, by Slack id; at least one
 */
export function askView(
  request: DescribedRequest,
  asked: readonly string[],
  origin: z.output<typeof requestOriginSchema>,
): ModalView {
  const hint =
    'The answer comes into the thread of the request. The channel sees both, and the ledger keeps them.';
  const input = { label: 'Your question', hint, shortest: 1, longest: LONGEST_REMARK, focus: true };
  return modal({
    ...{ callbackId: VIEW.ask, title: 'Ask the requester', submit: 'Ask', metadata: origin },
    blocks: [
      section(`${plain(request.title, 600)}.`),
      section(`${enumerate(asked.map(mention))} gets it as a direct message, with a field for the answer.`),
      textInput(REASON_INPUT, input),
    ],
  });
}
