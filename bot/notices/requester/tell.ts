import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { writeDownOf } from '../../delivery/audit.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { SlackRateLimitedError } from '../../delivery/errors.ts';
import { isLost } from '../../delivery/lost-message.ts';
import { patiently } from '../../delivery/rate-limit.ts';
import { RATE_LIMIT_TRIES } from '../../delivery/slack-first.ts';
import { isRateLimited } from '../../slack/api/slack-error.ts';
import type { Message } from '../../slack/blocks/blocks.ts';
import { describeOutcome, type EndedRequest } from '../../wording/describe-outcome.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { isAsked } from '../request/is-asked.ts';
import { endedForRequesterMessage } from './message.ts';
import { postHeld } from './post.ts';

/**
 * Tells the requester, when it is certain who that is in Slack, that their change is held; once, and once for all
 * changes that stand in one thread. A courtesy: whatever fails is written down and holds nothing up.
 *
 * @param retryCount how often the state machine has tried; left out where it must not try again
 * @throws SlackRateLimitedError while there are tries left and the ledger knows that the request was put: the next
 *   try will not put it once more
 */
export async function tellRequester(deps: NotifyDeps, requestId: string, retryCount?: number): Promise<void> {
  const request = await readQuietly(deps, requestId);
  const user = slackUserOf(request);
  if (request === undefined || user === undefined) return;
  if (request.status !== 'pending' || request.requesterMessage !== undefined) return;
  const tryAgain = retryCount !== undefined && retryCount < RATE_LIMIT_TRIES && isAsked(request);
  let told: SlackMessageRef | 'busy';
  try {
    told = await postHeld(deps, request, user);
  } catch (error) {
    if (tryAgain && isRateLimited(error)) throw new SlackRateLimitedError(error);
    return notTold(deps, request, error);
  }
  if (told !== 'busy') return keep(deps, requestId, told);
  if (tryAgain)
    throw new SlackRateLimitedError(new Error('The requester is being told of the group right now.'));
}

/** Tells the requester what became of their change, below the message that told them of it. Never throws. */
export async function tellOutcomeToRequester(deps: NotifyDeps, request: EndedRequest): Promise<void> {
  const user = slackUserOf(request);
  if (user === undefined) return;
  try {
    const message = endedForRequesterMessage(describeRequest(request), describeOutcome(request));
    await patiently(deps, () => replyOrPost(deps, user, request.requesterMessage, message));
  } catch (error) {
    await notTold(deps, request, error);
  }
}

async function replyOrPost(
  { slack }: NotifyDeps,
  user: string,
  thread: SlackMessageRef | undefined,
  message: Message,
): Promise<void> {
  if (thread !== undefined) {
    try {
      await slack.reply(thread, message);
      return;
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
  await slack.post(user, message);
}

function slackUserOf(request: ApprovalRequest | undefined): string | undefined {
  return request?.requester?.status === 'matched' ? request.requester.slackUserId : undefined;
}

async function readQuietly({ ledger, log }: NotifyDeps, id: string): Promise<ApprovalRequest | undefined> {
  try {
    return await ledger.read(id);
  } catch (error) {
    log.warn('The ledger could not be asked whom to tell of a held change.', { error, requestId: id });
    return undefined;
  }
}

/** Without it the outcome goes into a message of its own. */
async function keep({ ledger, log }: NotifyDeps, requestId: string, ref: SlackMessageRef): Promise<void> {
  try {
    await ledger.storeRequesterMessage(requestId, ref);
  } catch (error) {
    log.error('Where the requester was told could not be stored.', { error, requestId, ...ref });
  }
}

async function notTold(deps: NotifyDeps, request: ApprovalRequest, error: unknown): Promise<void> {
  deps.log.warn('The requester could not be told in Slack.', { error, requestId: request.id });
  const detail = error instanceof Error ? error.message : String(error);
  await writeDownOf(deps, request, 'requester.not-told', detail);
}
