import { givenReason } from '../../../workflow/decisions/given-reason.ts';
import type { ApprovalRequest, Remark } from '../../../workflow/ledger/request.ts';
import { slackUsersOf } from '../../../workflow/ledger/requesters.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import * as z from '../../../workflow/runtime/zod.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { REMARK_INPUT } from '../../media/slack/identifiers.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { LONGEST_REMARK, questionMessage } from '../../notices/remarks.ts';
import { quarantinedMessage } from '../../notices/requester/message.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import { readRequest } from '../decisions/check-attempt.ts';
import { refuseToSay, say } from '../decisions/say.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { tell, tellRefusal } from '../tell.ts';

/** `state.values` of a direct message with a field. */
const valuesSchema = z.object({
  [REMARK_INPUT]: z.object({ [REMARK_INPUT]: z.object({ value: z.nullish(z.string()) }) }),
});

/**
 * The field of a direct message is sent: an answer to a question, or a reason unasked. Only of whoever is known to have
 * made the change; the field goes once it is kept.
 */
export function answerOnClick(deps: BotDeps, kind: 'answer' | 'reason') {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const text = givenReason(valuesSchema.parse(body.state?.values)[REMARK_INPUT][REMARK_INPUT].value);
    if (text === undefined || text.length > LONGEST_REMARK) {
      return await tell(deps, respond, `Write something first, up to ${LONGEST_REMARK} characters.`);
    }
    const by = { name: click.userName, slackUserId: click.userId };
    const remark: Remark = { kind, by, at: deps.now().toISOString(), text };
    const done = await answer(deps, click, remark);
    if ('why' in done) return await tellRefusal(deps, respond, done);
    await takeFieldAway(deps, click, done, remark);
  };
}

async function answer(deps: BotDeps, click: Click, remark: Remark): Promise<ApprovalRequest | Refusal> {
  const request = await readRequest(deps, click.requestId);
  if ('why' in request) return await refuseToSay(deps, click, remark.kind, request);
  if (!slackUsersOf(request).includes(click.userId)) {
    return await refuseToSay(deps, click, remark.kind, { why: 'Only whoever made this change is asked.' });
  }
  return say(deps, { speaker: click, remark });
}

/** Best effort: sent once more, the same is kept once. */
async function takeFieldAway(
  deps: BotDeps,
  { channel, messageTs, requestId }: Click,
  request: ApprovalRequest,
  remark: Remark,
): Promise<void> {
  const message = withoutField(deps, request, remark);
  if (channel === undefined || messageTs === undefined || message === undefined) return;
  await bestEffort(deps.log.warn, 'A direct message still has its field', { requestId }, () =>
    deps.slack.update({ channel, ts: messageTs }, message),
  );
}

function withoutField({ settings }: BotDeps, request: ApprovalRequest, remark: Remark): Message | undefined {
  const described = describeRequest(request);
  if (remark.kind === 'reason') {
    const context = { approvers: settings.APPROVERS, permalink: request.slack?.permalink };
    return quarantinedMessage(described, context, remark);
  }
  const question = request.remarks?.findLast(({ kind }) => kind === 'question');
  return question && questionMessage(described, question, remark);
}
