import type { ApprovalRequest, Remark } from '../../workflow/ledger/request.ts';
import { bestEffort } from '../../workflow/runtime/best-effort.ts';
import { type SlackApi, threadOf } from '../media/slack/api/slack-api.ts';
import { actions, button, context, header, message, section } from '../media/slack/blocks/blocks.ts';
import { mentionVoter } from '../media/slack/blocks/mentions.ts';
import { textInput } from '../media/slack/blocks/modal.ts';
import { code, plain, quote } from '../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../media/slack/blocks/types.ts';
import { ACTION, REMARK_INPUT } from '../media/slack/identifiers.ts';
import { remarkText } from '../media/slack/parts/remarks.ts';
import { describeRemark } from '../media/wording/describe-remarks.ts';
import { type DescribedRequest, describeRequest } from '../media/wording/describe-request.ts';
import { type AuditDeps, auditOf } from './delivery/audit.ts';
import { type OnceMoreLimits, onceMore } from './delivery/rate-limit.ts';

/** Slack's limit for a text input is 3,000; a remark that long would not be read at three in the morning. */
export const LONGEST_REMARK = 500;

/** Characters of a remark, escaped, where it is what a message is about. */
const QUOTED = 2_500;

const SEEN_BY = 'Everyone in the security channel sees it, and it is kept in the ledger.';

/** A field of a direct message and the button that sends what stands in it. */
export function remarkField(requestId: string, kind: 'answer' | 'reason'): Block[] {
  const [label, send] =
    kind === 'answer' ? ['Your answer', 'Answer'] : ['Why do you need it?', 'Tell the approvers'];
  return [
    textInput(REMARK_INPUT, { label, hint: SEEN_BY, shortest: 1, longest: LONGEST_REMARK, focus: false }),
    actions([
      button(kind === 'answer' ? ACTION.answer : ACTION.giveReason, send, {
        value: requestId,
        style: 'primary',
      }),
    ]),
  ];
}

/** What the requester has said, in the place of the field. */
export function saidBlocks(remark: Remark): Block[] {
  return [section(`*You have told the approvers:*\n${quote(remark.text, QUOTED)}`)];
}

/**
 * A question, as a direct message to the requester.
 *
 * @param answered what they have said; the field is gone then
 */
export function questionMessage(request: DescribedRequest, question: Remark, answered?: Remark): Message {
  const policy = plain(request.policyName, 120);
  return message(`A question about your change to ${policy}: ${plain(question.text, 300)}`, [
    header(`💬 A question about your change: ${policy}`),
    section(`${mentionVoter(question.by)} asks:\n${quote(question.text, QUOTED)}`),
    ...(answered === undefined ? remarkField(request.requestId, 'answer') : saidBlocks(answered)),
    context(`Request ${code(request.requestId, 80)}`),
  ]);
}

interface RemarkDeps extends AuditDeps {
  slack: Pick<SlackApi, 'reply'>;
  limits: { onceMore: OnceMoreLimits };
}

/**
 * Tells of a question or what the requester says, in the thread of the request. Never throws: the message shows the
 * newest one, and Details all.
 *
 * @param begun when work on the click began
 */
export async function tellRemark(
  deps: RemarkDeps,
  request: ApprovalRequest,
  remark: Remark,
  begun: Date,
): Promise<void> {
  const { slack: place, id: requestId } = request;
  if (place === undefined) return;
  const text = remarkText(describeRemark(remark), QUOTED);
  const which = describeRequest(request).policyName;
  const reply = message(
    `${plain(remark.by.name, 100)} about ${plain(which, 100)}: ${plain(remark.text, 300)}`,
    [section(text)],
  );
  const failure = 'A remark could not be told in the thread';
  const told = await bestEffort(deps.log.warn, failure, { requestId }, () =>
    onceMore(deps, begun, () => deps.slack.reply(threadOf(place), reply)),
  );
  if (told === undefined) return;
  await auditOf(deps, request, 'remark.told', `The ${remark.kind}, in Slack, in the thread.`, told);
}
