import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requestersOf } from '../../../workflow/ledger/requesters.ts';
import { type Decider, mayDecide } from '../../approvers/may-decide.ts';
import { TOO_MANY_MAKERS } from '../../media/wording/describe-approvals.ts';
import type { BotDeps } from '../deps.ts';
import type { Attempt } from './check-attempt.ts';

export const ONE_BY_ONE =
  'You made these changes yourself. Breaking the glass works on one request at a time: use the Approve button of each.';

/** What of a group somebody may decide, and what not, with the reason. */
export interface Divided {
  mine: ApprovalRequest[];
  /** Each reason once: one sentence or two for that person, not escaped. */
  leftOut: { why: string; requestIds: string[] }[];
}

/** Divides requests by whether a person may decide them as things stand; each is checked again as it is decided. Pure. */
export function divide(
  { settings }: Pick<BotDeps, 'settings'>,
  requests: readonly ApprovalRequest[],
  attempt: Pick<Attempt, 'decision' | 'userId'>,
  decider: Decider,
): Divided {
  const mine: ApprovalRequest[] = [];
  const leftOut = new Map<string, string[]>();
  for (const request of requests) {
    const why = whyNot(settings, request, attempt, decider);
    if (why === undefined) mine.push(request);
    else leftOut.set(why, [...(leftOut.get(why) ?? []), request.id]);
  }
  return { mine, leftOut: [...leftOut].map(([why, requestIds]) => ({ why, requestIds })) };
}

function whyNot(
  settings: BotDeps['settings'],
  request: ApprovalRequest,
  { decision, userId }: Pick<Attempt, 'decision' | 'userId'>,
  decider: Decider,
): string | undefined {
  const verdict = mayDecide(decider, { decision, requesters: requestersOf(request) }, settings);
  if (verdict.status === 'refused') return verdict.reason;
  if (verdict.status === 'break-glass') return ONE_BY_ONE;
  if (decision === 'denied') return undefined;
  if (request.overnamedBy !== undefined) return TOO_MANY_MAKERS;
  return request.votes.some(({ by }) => by.slackUserId === userId)
    ? 'You have approved this already; somebody else has to.'
    : undefined;
}
