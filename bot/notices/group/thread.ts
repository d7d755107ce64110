import type { GroupClaim } from '../../../workflow/ledger/groups.ts';
import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { auditOf } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { beingPosted } from '../delivery/errors.ts';
import { postClaimed } from '../delivery/post-claimed.ts';
import { RATE_LIMIT_TRIES } from '../delivery/slack-first.ts';
import { groupMessage } from './message.ts';
import { groupSince, standing, TELLING } from './rule.ts';
import { describeGroup } from './words.ts';

/** The message at the top, and whether that alone is to show the request. */
interface GroupPlace {
  message: SlackMessageRef;
  crowded: boolean;
}

/**
 * The message in whose thread a request belongs: one of many by the same requester stands with the others, so that
 * the channel stays readable; of very many, Slack would not take a message each in time. Posts the message at the top
 * when there is none yet.
 *
 * @returns undefined when it stands by itself, also when the ledger can't tell: being asked matters more
 * @throws SlackRateLimitedError while another execution posts that message
 * @throws SlackCallError when that message could not be posted
 */
export async function groupPlace(
  deps: NotifyDeps,
  request: ApprovalRequest,
  retryCount: number,
): Promise<GroupPlace | undefined> {
  const found = await findPlace(deps, request);
  if (found === undefined || 'message' in found) return found;
  const { claim, crowded } = found;
  if (claim.status === 'busy') {
    if (retryCount >= RATE_LIMIT_TRIES) return undefined;
    throw beingPosted();
  }
  const message = claim.status === 'open' ? claim.message : await openGroup(deps, request, claim.claim);
  if (crowded) await noteCrowd(deps, request);
  return { message, crowded };
}

/** The place in a crowd; or, of a group that was not known to be one, what has become of claiming it. */
async function findPlace(
  { ledger, log, now }: NotifyDeps,
  request: ApprovalRequest,
): Promise<GroupPlace | { claim: GroupClaim; crowded: boolean } | undefined> {
  return bestEffort(
    log.warn,
    'A request could not be put with others of its requester; it stands by itself.',
    { requestId: request.id },
    async () => {
      const key = requesterKey(request.change.requester);
      const at = now();
      const crowd = await ledger.findCrowd(key, groupSince(at));
      if (crowd !== undefined) return { message: crowd, crowded: true };
      const where = standing(request, await ledger.listByRequester(key, TELLING));
      if (where === 'alone') return undefined;
      const claim = await ledger.claimGroup(key, groupSince(at), at.toISOString());
      return { claim, crowded: where === 'crowd' };
    },
  );
}

/** Without it the next counts once more. */
async function noteCrowd({ ledger, log }: NotifyDeps, { id, change }: ApprovalRequest): Promise<void> {
  await bestEffort(log.warn, 'A group could not be marked as a crowd.', { requestId: id }, () =>
    ledger.storeCrowd(requesterKey(change.requester)),
  );
}

async function openGroup(
  deps: NotifyDeps,
  request: ApprovalRequest,
  claim: string,
): Promise<SlackMessageRef> {
  const { slack, settings } = deps;
  const posted = await postClaimed(deps, {
    claim,
    key: requesterKey(request.change.requester),
    requestId: request.id,
    post: () =>
      slack.post(settings.SLACK_CHANNEL, groupMessage(describeGroup([request]), settings.APPROVERS)),
  });
  await auditOf(deps, request, 'group.told', 'In Slack, above all changes of its requester.', posted);
  return posted;
}
