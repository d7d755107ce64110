import { type DecideDependencies, type DecideOutcome, decide } from '../../../workflow/decisions/decide.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type Decider, OWN_CHANGE } from '../../approvers/may-decide.ts';
import { stillMissing } from '../../media/slack/parts/approvals.ts';
import { TOO_MANY_MAKERS } from '../../media/wording/describe-approvals.ts';
import { alreadyDecided } from '../../media/wording/describe-outcome.ts';
import type { BotDeps } from '../deps.ts';
import type { Allowed, Attempt, Refused } from './check-attempt.ts';

/** `decided` and `counted`: written down. `refused`: nothing was changed by this attempt, or it is not certain. */
export type CarriedOut = { status: 'decided' | 'counted'; request: ApprovalRequest } | Refused;

/** Writes down what somebody may do, and tells the state machine. The ledger decides who was first. */
export async function carryOut(
  deps: BotDeps,
  attempt: Attempt,
  { decider, request: seen }: Pick<Allowed, 'decider' | 'request'>,
  beforeDelivery?: DecideDependencies['beforeDelivery'],
): Promise<CarriedOut> {
  const { ledger, callbacks, now } = deps;
  const { requestId, decision, reason, breakGlass, userId, teamId } = attempt;
  try {
    const outcome = await decide(
      { ledger, callbacks, now: now(), ...(beforeDelivery && { beforeDelivery }) },
      {
        ...{ requestId, seen, decision, reason, via: 'slack', slackTeamId: teamId },
        by: { name: displayName(decider, attempt.userName), slackUserId: userId },
        ...(breakGlass && { breakGlass }),
      },
    );
    return result(deps, outcome, userId);
  } catch (error) {
    deps.log.error('A decision could not be written', { error, requestId });
    return { status: 'refused', refusal: { why: NOT_CERTAIN, passing: true } };
  }
}

const NOT_CERTAIN =
  'The ledger did not answer, so it is not certain whether this was recorded. Click again: a decision counts once.';

/** The person's name as Slack has it; as the payload has it where Slack has none. */
export function displayName({ profile }: Decider, fallback: string): string {
  if ('unknown' in profile) return fallback;
  return profile.realName || profile.displayName || profile.name || fallback;
}

function result(deps: BotDeps, outcome: DecideOutcome, userId: string): CarriedOut {
  switch (outcome.status) {
    case 'decided':
    case 'counted':
      return { status: outcome.status, request: outcome.request };
    case 'already-voted':
      return no(`You have approved this already. ${stillMissing(outcome.missing)}.`);
    case 'already-decided':
      return no(alreadyDecided(outcome.decision, outcome.request.votes, userId));
    case 'undelivered':
      return undelivered(deps, outcome);
    case 'closed':
      return no(`Nothing was changed by this: the request had ended already (${outcome.request.outcome}).`);
    case 'own-request':
      return { status: 'refused', refusal: { why: OWN_CHANGE, approvers: deps.settings.APPROVERS } };
    case 'too-many-makers':
      return no(TOO_MANY_MAKERS);
    case 'unknown':
      return no('This request is not known (any more).');
  }
}

function undelivered(
  { log }: BotDeps,
  { request, decision, mine, cause }: Extract<DecideOutcome, { status: 'undelivered' }>,
): Refused {
  log.error('A decision could not be delivered', { error: cause, requestId: request.id });
  return mine
    ? no('Your decision is recorded, but Step Functions could not be reached; it will be delivered again.')
    : no(alreadyDecided(decision, request.votes));
}

function no(why: string): Refused {
  return { status: 'refused', refusal: { why } };
}
