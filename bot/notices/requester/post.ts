import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { postClaimed } from '../../delivery/post-claimed.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { type HeldContext, heldGroupMessage, heldMessage } from './message.ts';

/** Whenever it was posted, it covers all requests of its thread. */
const EVER = new Date(0).toISOString();

/**
 * Tells the requester that a change is held, in a direct message of its own or, for requests that stand in one thread,
 * in one for all of them.
 *
 * @returns where it stands; `busy` while another execution posts that one message
 * @throws SlackCallError, LedgerUnavailableError
 */
export async function postHeld(
  deps: NotifyDeps,
  request: ApprovalRequest,
  user: string,
): Promise<SlackMessageRef | 'busy'> {
  const { ledger, slack, approvers, now } = deps;
  const context: HeldContext = { approvers, permalink: request.slack?.permalink };
  const view = describeRequest(request);
  const { channel, threadTs } = request.slack ?? {};
  if (threadTs === undefined) return slack.post(user, heldMessage(view, context));
  const key = `requester of the thread ${channel} ${threadTs}`;
  const claimed = await ledger.claimGroup(key, EVER, now().toISOString());
  if (claimed.status === 'busy') return 'busy';
  if (claimed.status === 'open') return claimed.message;
  const { claim } = claimed;
  const post = () => slack.post(user, heldGroupMessage(view, context));
  return postClaimed(deps, { key, claim, requestId: request.id, post });
}
