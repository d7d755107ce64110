import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ApprovalRequest, Remark } from '../../../workflow/ledger/request.ts';
import { slackUsersOf } from '../../../workflow/ledger/requesters.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { auditOf } from '../../notices/delivery/audit.ts';
import { onceMore } from '../../notices/delivery/rate-limit.ts';
import { questionMessage } from '../../notices/remarks.ts';
import { readToAsk } from '../actions/ask.ts';
import { refuseToSay, type Speaker, say } from '../decisions/say.ts';
import type { BotDeps } from '../deps.ts';
import { type Refusal, refusalView } from '../refusal.ts';
import { readMetadata, readPerson, readReason, underReason } from './read-submission.ts';
import { requestOriginSchema } from './reason-modal.ts';

/** The question is submitted: everything is checked again, now. */
export function askRequester(deps: BotDeps) {
  return async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const text = readReason(body);
    if (text === undefined) return await ack(underReason('Write what you want to know.'));
    const speaker = { ...readPerson(body), ...readMetadata(body, requestOriginSchema) };
    const done = await ask(deps, speaker, text);
    if (!('why' in done)) return await ack();
    await ack(
      done.passing
        ? underReason(done.why)
        : { response_action: 'update', view: refusalView(done, 'Nobody was asked') },
    );
  };
}

async function ask(deps: BotDeps, speaker: Speaker, text: string): Promise<ApprovalRequest | Refusal> {
  const begun = deps.now();
  const request = await readToAsk(deps, speaker);
  if ('why' in request) return await refuseToSay(deps, speaker, 'question', request);
  const by = { name: speaker.userName, slackUserId: speaker.userId };
  const remark: Remark = { kind: 'question', by, at: deps.now().toISOString(), text };
  return say(deps, { speaker, remark }, async (kept) => {
    const message = questionMessage(describeRequest(kept), remark);
    // The direct message that tells of the change may have come in this very second.
    const tell = async (user: string) => {
      const told = await onceMore(deps, begun, () => deps.slack.post(user, message));
      await auditOf(deps, kept, 'question.told', 'In Slack, to the requester.', told);
    };
    const sent = await Promise.allSettled(slackUsersOf(kept).map(tell));
    const failed = sent.find((each) => each.status === 'rejected');
    if (failed !== undefined && sent.every(({ status }) => status === 'rejected')) throw failed.reason;
  });
}
