import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { isOwn, threadOf } from '../../media/slack/api/slack-api.ts';
import { isLost } from '../../media/slack/api/slack-error.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { brokeGlass, describeOutcome, type EndedRequest } from '../../media/wording/describe-outcome.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { loudOutcomeMessage, outcomeMessage, outcomeReply } from './message.ts';

type ShowDeps = Pick<NotifyDeps, 'slack' | 'settings' | 'pause' | 'log'>;

/**
 * The end of a request in Slack: its message loses the buttons and says what has happened, and its thread too, unless
 * that is the thread of a group, which would get a reply for each. A request that has no message there, or none that
 * can be changed, gets a new one. Of a crowd, the message of the
 * group counts what has ended as it was decided. Of break glass the whole channel hears.
 *
 * @returns the messages that say so, the one that whoever looks finds first before the others; none for one of a crowd
 *   that the message of its group counts
 * @throws SlackCallError
 */
export async function showOutcome(deps: ShowDeps, request: EndedRequest): Promise<SlackMessageRef[]> {
  const { slack, settings } = deps;
  const { slack: ref } = request;
  const outcome = describeOutcome(request);
  const message = outcomeMessage(describeRequest(request), outcome, settings.ACCOUNT_NAMES);
  if (ref !== undefined && !isOwn(ref) && !brokeGlass(request)) {
    if (request.outcome === request.decision?.decision) return [];
    return [await slack.reply(threadOf(ref), message)];
  }
  const updated = ref !== undefined && isOwn(ref) && (await updateUnlessLost(slack, ref, message));
  const inThread = updated && ref.threadTs === undefined;
  if (brokeGlass(request)) {
    const loud = await slack.post(settings.SLACK_CHANNEL, loudOutcomeMessage(message));
    // The channel has heard already, and a next try would call it once more.
    const reply = () => slack.reply(ref as SlackMessageRef, outcomeReply(outcome));
    if (!inThread) return [loud];
    const failure = 'The thread of a request does not hold its outcome.';
    const replied = await bestEffort(deps.log.warn, failure, { ...ref }, () => waitOutRateLimit(deps, reply));
    return replied === undefined ? [loud] : [loud, replied];
  }
  if (inThread) return [await slack.reply(ref, outcomeReply(outcome))];
  return [updated ? ref : await slack.post(settings.SLACK_CHANNEL, message)];
}

/** @returns false when the message is lost */
async function updateUnlessLost(
  slack: Pick<NotifyDeps['slack'], 'update'>,
  ref: SlackMessageRef,
  message: Message,
): Promise<boolean> {
  try {
    await slack.update(ref, message);
    return true;
  } catch (error) {
    if (!isLost(error)) throw error;
    return false;
  }
}
