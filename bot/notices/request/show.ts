import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { BotDeps } from '../../app/deps.ts';
import { onceMore } from '../../delivery/once-more.ts';
import type { Message } from '../../slack/blocks/blocks.ts';
import { threadOf } from '../../slack/thread-of.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { decidedMessage, outcomeMessage } from '../outcome/message.ts';
import { breakGlassMessage, voteMessage } from '../votes.ts';
import { type RequestMessageOptions, requestMessage } from './message.ts';

/** A vote, the decision and the outcome may each come in between; each costs a round. */
const ROUNDS = 4;

/**
 * Shows a request in its message as the ledger has it, and looks again afterwards: of two votes at once, the update
 * of the first may arrive last and would show a list without the second. Only a courtesy, so it never throws.
 */
export async function showRequest(deps: BotDeps, request: ApprovalRequest): Promise<void> {
  let shown = request;
  try {
    for (let round = 0; round < ROUNDS && shown.slack !== undefined; round++) {
      await deps.slack.update(shown.slack, messageOf(deps, shown));
      const found = await deps.ledger.read(shown.id);
      if (found === undefined || stateOf(found) === stateOf(shown)) return;
      shown = found;
    }
  } catch (error) {
    deps.logger.warn('A message does not show its request as it is', { error, requestId: request.id });
  }
}

/** Takes the buttons away while the decision is carried out; the outcome is announced anyway. Never throws. */
export async function showDecided(deps: BotDeps, request: ApprovalRequest): Promise<void> {
  if (request.slack === undefined) return;
  try {
    await deps.slack.update(request.slack, messageOf(deps, request));
  } catch (error) {
    deps.logger.warn('The message still shows its buttons until the outcome is announced', { error });
  }
}

/**
 * Tells of a vote in the thread, and of those before: one that Slack did not take is told with the next. Never throws.
 *
 * @param begun when work on the click began
 */
export async function replyOfVote(deps: BotDeps, request: ApprovalRequest, begun: Date): Promise<void> {
  if (request.slack === undefined) return;
  const thread = threadOf(request.slack);
  try {
    await onceMore(deps, begun, () => deps.slack.reply(thread, voteMessage(describeRequest(request))));
  } catch (error) {
    deps.logger.warn('A vote could not be told in the thread', { error, requestId: request.id });
  }
}

/**
 * Tells the whole channel that somebody approves their own change. Never throws.
 *
 * @param begun when work on the click began
 */
export async function announceBreakGlass(
  deps: BotDeps,
  request: ApprovalRequest,
  by: { userId: string; name: string; reason: string },
  begun: Date,
): Promise<void> {
  try {
    const message = breakGlassMessage(describeRequest(request), by, request.slack?.permalink);
    await onceMore(deps, begun, () => deps.slack.post(deps.rules.channel, message));
  } catch (error) {
    deps.logger.error('A broken glass could not be announced; the outcome says it again', {
      error,
      requestId: request.id,
    });
  }
}

/** What a request's message says of the time and the settings. */
export function messageOptions({ now, settings }: BotDeps): RequestMessageOptions {
  const { nudgeRules, adminEmail, breakGlass } = settings;
  return { now: now(), schedule: nudgeRules, adminEmail: adminEmail !== undefined, breakGlass };
}

function messageOf(deps: BotDeps, request: ApprovalRequest): Message {
  const view = describeRequest(request);
  if (view.outcome === undefined) return requestMessage(view, messageOptions(deps));
  return view.outcome.kind === 'decided'
    ? decidedMessage(view, view.outcome)
    : outcomeMessage(view, view.outcome);
}

function stateOf({ status, votes, outcome }: ApprovalRequest): string {
  return [status, votes.length, outcome].join(' ');
}
