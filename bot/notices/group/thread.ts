import type { GroupClaim } from '../../../workflow/ledger/groups.ts';
import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { SlackRateLimitedError } from '../delivery/errors.ts';
import { postClaimed } from '../delivery/post-claimed.ts';
import { RATE_LIMIT_TRIES } from '../delivery/slack-first.ts';
import { groupMessage } from './message.ts';
import { groupSince, isOneOfMany } from './rule.ts';
import { describeGroup } from './words.ts';

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
  return bestEffort(
    log.warn,
    'A request could not be put with others of its requester; it stands by itself.',
    { requestId: request.id },
    async () => {
      if (!isOneOfMany(request, await ledger.list('pending', PENDING_LIMIT))) return undefined;
      const at = now();
      return ledger.claimGroup(requesterKey(request.change.requester), groupSince(at), at.toISOString());
    },
  );
}

function openGroup(deps: NotifyDeps, request: ApprovalRequest, claim: string): Promise<SlackMessageRef> {
  const { slack, settings } = deps;
  return postClaimed(deps, {
    claim,
    key: requesterKey(request.change.requester),
    requestId: request.id,
    post: () =>
      slack.post(settings.SLACK_CHANNEL, groupMessage(describeGroup([request]), settings.APPROVERS)),
  });
}
