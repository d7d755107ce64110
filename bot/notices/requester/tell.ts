import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { isLost, isRateLimited } from '../../media/slack/api/slack-error.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { describeOutcome, type EndedRequest } from '../../media/wording/describe-outcome.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { auditOf } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { SlackRateLimitedError } from '../delivery/errors.ts';
import { isAsked } from '../delivery/is-asked.ts';
import { postClaimed } from '../delivery/post-claimed.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { RATE_LIMIT_TRIES } from '../delivery/slack-first.ts';
import {
  groupQuarantinedMessage,
  quarantinedMessage,
  type RequesterContext,
  requesterOutcomeMessage,
} from './message.ts';

/**
 * Tells the requester, when it is certain who that is in Slack, that their change is quarantined; once, and once for all
 * changes that stand in one thread. A courtesy: whatever fails is written down and holds nothing up.
 *
 * @param retryCount how often the state machine has tried; left out where it must not try again
 * @throws SlackRateLimitedError while there are tries left and the ledger knows that the request was put: the next
 *   try will not put it once more
 */
export async function tellRequester(deps: NotifyDeps, requestId: string, retryCount?: number): Promise<void> {
  const request = await bestEffort(
    deps.log.warn,
    'The ledger could not be asked whom to tell of a quarantined change.',
    { requestId },
    () => deps.ledger.read(requestId),
  );
  const user = slackUserOf(request);
  if (request === undefined || user === undefined) return;
  if (request.status !== 'pending' || request.requesterMessage !== undefined) return;
  const tryAgain = retryCount !== undefined && retryCount < RATE_LIMIT_TRIES && isAsked(request);
  let told: SlackMessageRef | 'busy';
  try {
    told = await postQuarantined(deps, request, user);
  } catch (error) {
    if (tryAgain && isRateLimited(error)) throw new SlackRateLimitedError(error);
    return notTold(deps, request, error);
  }
  if (told !== 'busy') return store(deps, request, told);
  if (tryAgain)
    throw new SlackRateLimitedError(new Error('The requester is being told of the group right now.'));
}

/** Tells the requester what became of their change, below the message that told them of it. Never throws. */
export async function tellOutcomeToRequester(deps: NotifyDeps, request: EndedRequest): Promise<void> {
  const user = slackUserOf(request);
  if (user === undefined) return;
  try {
    const message = requesterOutcomeMessage(describeRequest(request), describeOutcome(request));
    const told = await waitOutRateLimit(deps, () =>
      replyOrPost(deps, user, request.requesterMessage, message),
    );
    await auditOf(deps, request, 'requester.told', 'Of the outcome, in Slack.', told);
  } catch (error) {
    await notTold(deps, request, error);
  }
}

async function replyOrPost(
  { slack }: NotifyDeps,
  user: string,
  thread: SlackMessageRef | undefined,
  message: Message,
): Promise<SlackMessageRef> {
  if (thread !== undefined) {
    try {
      return await slack.reply(thread, message);
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
  return slack.post(user, message);
}

function slackUserOf(request: ApprovalRequest | undefined): string | undefined {
  return request?.requester?.status === 'matched' ? request.requester.slackUserId : undefined;
}

/** Without it the outcome goes into a message of its own. */
async function store(deps: NotifyDeps, request: ApprovalRequest, ref: SlackMessageRef): Promise<void> {
  const { ledger, log } = deps;
  await bestEffort(
    log.error,
    'Where the requester was told could not be stored.',
    { requestId: request.id, ...ref },
    () => ledger.storeRequesterMessage(request.id, ref),
  );
  await auditOf(deps, request, 'requester.told', 'Of the quarantine, in Slack.', ref);
}

async function notTold(deps: NotifyDeps, request: ApprovalRequest, error: unknown): Promise<void> {
  deps.log.warn('The requester could not be told in Slack.', { error, requestId: request.id });
  const detail = error instanceof Error ? error.message : String(error);
  await auditOf(deps, request, 'requester.not-told', detail);
}

/** Whenever it was posted, it covers all requests of its thread. */
const EVER = new Date(0).toISOString();

/**
 * Tells the requester that a change is quarantined, in a direct message of its own or, for requests that stand in one thread,
 * in one for all of them.
 *
 * @returns where it stands; `busy` while another execution posts that one message
 * @throws SlackCallError, LedgerUnavailableError
 */
async function postQuarantined(
  deps: NotifyDeps,
  request: ApprovalRequest,
  user: string,
): Promise<SlackMessageRef | 'busy'> {
  const { ledger, slack, settings, now } = deps;
  const context: RequesterContext = { approvers: settings.APPROVERS, permalink: request.slack?.permalink };
  const described = describeRequest(request);
  const { channel, threadTs } = request.slack ?? {};
  if (threadTs === undefined) return slack.post(user, quarantinedMessage(described, context));
  const key = `requester of the thread ${channel} ${threadTs}`;
  const claimed = await ledger.claimGroup(key, EVER, now().toISOString());
  if (claimed.status === 'busy') return 'busy';
  if (claimed.status === 'open') return claimed.message;
  const { claim } = claimed;
  const post = () => slack.post(user, groupQuarantinedMessage(described, context));
  return postClaimed(deps, { key, claim, requestId: request.id, post });
}
