import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Decider } from '../../approvers/may-decide.ts';
import { showDecided, showRequest } from '../../notices/request/show.ts';
import { tellBreakGlass, tellVote } from '../../notices/votes.ts';
import type { BotDeps } from '../deps.ts';
import { carryOut, displayName } from './carry-out.ts';
import { type Attempt, checkAttempt, type Refused } from './check-attempt.ts';

/** `break-glass`: nothing has happened yet; the person has to give a reason first. */
type AttemptResult =
  | { status: 'decided' | 'counted' }
  | { status: 'break-glass'; request: ApprovalRequest }
  | Refused;

/**
 * The one way from a click on one request to a vote or a decision. Whether the person may is found out now, at the
 * moment of the click; then the ledger decides who was first.
 */
export async function attemptDecision(deps: BotDeps, clicked: Attempt): Promise<AttemptResult> {
  const begun = deps.now();
  const checked = await checkAttempt(deps, clicked);
  if (checked.status === 'refused') return checked;
  const own = checked.status === 'break-glass';
  if (own && !clicked.breakGlass) return { status: 'break-glass', request: checked.request };
  // Who turns out not to be the requester after all breaks no glass.
  const attempt = { ...clicked, breakGlass: own };
  const tellIfOwn = (request: ApprovalRequest) =>
    own ? announceOwn(deps, attempt, checked.decider, request, begun) : undefined;
  const beforeDelivery = async (request: ApprovalRequest) => {
    await Promise.all([showDecided(deps, request), tellIfOwn(request)]);
  };
  const done = await carryOut(deps, attempt, checked, beforeDelivery);
  if (done.status === 'refused') return done;
  if (done.status === 'counted') {
    const { request } = done;
    await Promise.all([showRequest(deps, request), tellVote(deps, request, begun), tellIfOwn(request)]);
  }
  return { status: done.status };
}

async function announceOwn(
  deps: BotDeps,
  { userId, userName, reason = '' }: Attempt,
  decider: Decider,
  request: ApprovalRequest,
  begun: Date,
): Promise<void> {
  const by = { userId, name: displayName(decider, userName), reason };
  await tellBreakGlass(deps, request, by, begun);
}
