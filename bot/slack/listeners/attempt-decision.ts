import type { DecideOutcome } from '../../../workflow/decisions/decide.ts';
import { decide } from '../../../workflow/decisions/decide.ts';
import type { ApprovalRequest, Decision, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { mayDecide } from '../../approvers/may-decide.ts';
import { alreadyDecided } from '../../view/describe-outcome.ts';
import { describeRequest } from '../../view/describe-request.ts';
import type { SlackProfile } from '../api/slack-api.ts';
import { decidedMessage } from '../messages/decided-message.ts';
import type { BotDeps } from './deps.ts';

/** Somebody trying to decide, by a button or by submitting the modal. */
export interface Attempt {
  requestId: string;
  decision: 'approved' | 'denied';
  reason?: string;
  userId: string;
  /** As the payload names the person; shown only until Slack has been asked. */
  userName: string;
  teamId: string;
  /** Where it was clicked. */
  channel: string | undefined;
}

/** `why`: one sentence for the person, not escaped. */
export type AttemptResult = { decided: true } | { decided: false; why: string };

/**
 * The one way from a click to a decision. Whether the person may is found out now, at the moment of the click; then
 * the ledger decides who was first.
 */
export async function attemptDecision(deps: BotDeps, attempt: Attempt): Promise<AttemptResult> {
  const request = await readRequest(deps, attempt.requestId);
  if ('why' in request) return refuse(deps, attempt, request.why);
  const looked = await lookUpDecider(deps.slack, deps.rules, attempt);
  const subject = {
    decision: attempt.decision,
    requester: request.change.requester,
    match: request.requester,
  };
  const verdict = mayDecide(looked, subject, deps.rules);
  if (verdict.status === 'refused') return refuse(deps, attempt, verdict.reason, request);
  if (verdict.status === 'break-glass') return refuse(deps, attempt, 'This is your own change.', request);
  try {
    return result(deps, await decideAs(deps, attempt, displayName(looked.profile, attempt.userName)));
  } catch (error) {
    deps.logger.error('A decision could not be written', { error, requestId: attempt.requestId });
    return { decided: false, why: LEDGER_AWAY };
  }
}

const LEDGER_AWAY =
  'The ledger did not answer, so it is not certain whether this was recorded. Click again: a decision counts once.';

async function readRequest(deps: BotDeps, requestId: string): Promise<ApprovalRequest | { why: string }> {
  try {
    return (await deps.ledger.read(requestId)) ?? { why: 'This request is not known (any more).' };
  } catch (error) {
    deps.logger.error('A request could not be read', { error, requestId });
    return { why: 'The ledger did not answer, so nothing was decided. Try again.' };
  }
}

function decideAs(deps: BotDeps, attempt: Attempt, name: string): Promise<DecideOutcome> {
  const { ledger, callbacks, now } = deps;
  const beforeDelivery = (request: ApprovalRequest, decision: Decision) =>
    showDecided(deps, request, decision);
  return decide(
    { ledger, callbacks, now: now(), beforeDelivery },
    {
      requestId: attempt.requestId,
      decision: attempt.decision,
      by: { name, slackUserId: attempt.userId },
      via: 'slack',
      reason: attempt.reason,
      slackTeamId: attempt.teamId,
    },
  );
}

/** Takes the buttons away while the decision is carried out. Only a courtesy: the outcome is announced anyway. */
async function showDecided(deps: BotDeps, request: ApprovalRequest, decision: Decision): Promise<void> {
  const message: SlackMessageRef | undefined = request.slack;
  if (message === undefined) return;
  try {
    await deps.slack.update(message, decidedMessage(describeRequest(request), decision));
  } catch (error) {
    deps.logger.warn('The message still shows its buttons until the outcome is announced', { error });
  }
}

function result(deps: BotDeps, outcome: DecideOutcome): AttemptResult {
  switch (outcome.status) {
    case 'decided':
      return { decided: true };
    case 'already-decided':
      return { decided: false, why: alreadyDecided(outcome.decision) };
    case 'undelivered':
      deps.logger.error('A decision could not be delivered', {
        error: outcome.cause,
        requestId: outcome.request.id,
      });
      if (!outcome.mine) return { decided: false, why: alreadyDecided(outcome.decision) };
      return {
        decided: false,
        why: 'Your decision is recorded, but Step Functions could not be reached; it will be delivered again.',
      };
    case 'closed':
      return {
        decided: false,
        why: `Nothing was changed by this: the request had ended already (${outcome.request.outcome}).`,
      };
    case 'unknown':
      return { decided: false, why: 'This request is not known (any more).' };
  }
}

async function refuse(
  deps: BotDeps,
  attempt: Attempt,
  why: string,
  request?: ApprovalRequest,
): Promise<AttemptResult> {
  const entry = {
    at: deps.now().toISOString(),
    event: 'decision.refused',
    requestId: attempt.requestId,
    detail: `${attempt.decision}: ${why}`,
    slackUserId: attempt.userId,
    slackUserName: attempt.userName,
    slackTeamId: attempt.teamId,
    eventId: request?.change.eventId,
    executionArn: request?.executionArn,
  };
  try {
    await deps.ledger.audit(entry);
  } catch (error) {
    // Refused it is either way; the log keeps what the ledger could not.
    deps.logger.error('A refused decision could not be audited', { error, ...entry });
  }
  return { decided: false, why };
}

function displayName(profile: SlackProfile | { unknown: string }, fallback: string): string {
  if ('unknown' in profile) return fallback;
  return profile.realName || profile.displayName || profile.name || fallback;
}
