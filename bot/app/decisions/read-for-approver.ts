import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requestersOf } from '../../../workflow/ledger/requesters.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { mayDecide } from '../../approvers/may-decide.ts';
import { describeDecision } from '../../media/wording/describe-outcome.ts';
import { moment } from '../../media/wording/phrases.ts';
import type { Click } from '../click.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { readRequest } from './check-attempt.ts';

/** A request that waits, for whoever may deny it: looking at it and asking about it take no less. */
export async function readForApprover(
  deps: BotDeps,
  click: Pick<Click, 'requestId' | 'userId' | 'channel'>,
): Promise<ApprovalRequest | Refusal> {
  const { slack, settings } = deps;
  const [request, decider] = await Promise.all([
    readRequest(deps, click.requestId),
    lookUpDecider(slack, settings, click),
  ]);
  if ('why' in request) return request;
  const over = whyOver(request);
  if (over !== undefined) return over;
  const subject = { decision: 'denied', requesters: requestersOf(request) } as const;
  const verdict = mayDecide(decider, subject, settings);
  return verdict.status === 'refused' ? { why: verdict.reason, approvers: settings.APPROVERS } : request;
}

/** @returns why nobody waits for the request any more */
export function whyOver({ status, decision, votes, outcome }: ApprovalRequest): Refusal | undefined {
  if (decision !== undefined)
    return {
      why: `It waits no longer. ${describeDecision(decision, votes)}, on ${moment(decision.at).text}.`,
    };
  return status === 'pending' ? undefined : { why: `It waits no longer: it has ended already (${outcome}).` };
}
