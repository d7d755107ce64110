import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { slackUsersOf } from '../../../workflow/ledger/requesters.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { type ButtonArgs, readClick } from '../click.ts';
import { readForApprover } from '../decisions/read-for-approver.ts';
import { refuseToSay, type Speaker } from '../decisions/say.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { openModal, tellRefusal } from '../tell.ts';
import { askView } from '../views/ask-modal.ts';

/** Ask…: opens the modal for a question to the requester. Whoever may not, is told before they have written one. */
export function askOnClick(deps: BotDeps) {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const request = await readToAsk(deps, click);
    if ('why' in request) {
      return await tellRefusal(deps, respond, await refuseToSay(deps, click, 'question', request));
    }
    const origin = { requestId: request.id, channel: click.channel ?? '' };
    await openModal(
      deps,
      respond,
      body.trigger_id,
      askView(describeRequest(request), slackUsersOf(request), origin),
    );
  };
}

/** A request whose requester can be asked, by this person, now; or why not. */
export async function readToAsk(deps: BotDeps, speaker: Speaker): Promise<ApprovalRequest | Refusal> {
  const request = await readForApprover(deps, speaker);
  if ('why' in request || slackUsersOf(request).length > 0) return request;
  const { requester } = request;
  const why = requester !== undefined && 'why' in requester ? ` ${requester.why}.` : '';
  return { why: `It is not known who the requester is in Slack, so nobody can be asked.${why}` };
}
