import type { GroupClaim } from '../../workflow/ledger/groups.ts';
import type { ApprovalRequest, SlackMessageRef } from '../../workflow/ledger/request.ts';
import { requesterKey } from '../../workflow/ledger/requester-key.ts';
import { groupMessage } from '../slack/messages/group-message.ts';
import { describeGroup } from '../view/describe-group.ts';
import type { NotifyDeps } from './deps.ts';
import { SlackRateLimitedError } from './errors.ts';
import { groupSince, isOneOfMany } from './group-rule.ts';
import { postClaimed } from './post-claimed.ts';
import { RATE_LIMIT_TRIES } from './slack-first.ts';

/** More than Slack would take in the time that a group spans; older ones do not matter to the rule. */
const PENDING_LIMIT = 100;

/**
 * The message in whose thread a request belongs: one of many by the same requester stands with the others, so that
 * the channel stays readable. Posts that message when there is none yet.
 *
 * @returns undefined when it stands by itself, also when the ledger can't tell: being asked matters more
 * @throws SlackRateLimitedError while another execution posts that message
 * @throws SlackCallError when that message could not be posted
 */
export async function groupThread(
  deps: NotifyDeps,
  request: ApprovalRequest,
  retryCount: number,
): Promise<SlackMessageRef | undefined> {
  const claim = await claimIfMany(deps, request);
  switch (claim?.status) {
    case undefined:
      return undefined;
    case 'open':
      return claim.message;
    case 'ours':
      return openGroup(deps, request, claim.claim);
    case 'busy':
      if (retryCount >= RATE_LIMIT_TRIES) return undefined;
      throw new SlackRateLimitedError(new Error('The message of its group is being posted right now.'));
  }
}

async function claimIfMany(
  { ledger, log, now }: NotifyDeps,
  request: ApprovalRequest,
): Promise<GroupClaim | undefined> {
  try {
    if (!isOneOfMany(request, await ledger.list('pending', PENDING_LIMIT))) return undefined;
    const at = now();
    return await ledger.claimGroup(requesterKey(request.change.requester), groupSince(at), at.toISOString());
  } catch (error) {
    log.warn('A request could not be put with others of its requester; it stands by itself.', {
      error,
      requestId: request.id,
    });
    return undefined;
  }
}

function openGroup(deps: NotifyDeps, request: ApprovalRequest, claim: string): Promise<SlackMessageRef> {
  const { slack, channel, approvers } = deps;
  return postClaimed(deps, {
    ...{ claim, key: requesterKey(request.change.requester), requestId: request.id },
    post: () => slack.post(channel, groupMessage(describeGroup([request]), approvers)),
  });
}
