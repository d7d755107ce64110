import { decisionEntry, deliveryEntry } from '../decisions/decision-entry.ts';
import { putsBack } from '../ledger/count-votes.ts';
import { UnknownRequestError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Decision } from '../ledger/request.ts';
import { type DueNudges, dueNudges, type NudgeRules, nudgeSchedule } from './nudges.ts';
import type { NextStep, Waiting } from './payloads.ts';

/** What comes after a wait that ended; `expire`: write the expiry first, then discard. */
type AfterWait = { next: 'restore' | 'discard' | 'expire' } | ({ next: 'remind' } & DueNudges);

/** The request ended without a decision while its execution was still waiting. */
class RequestEndedError extends Error {
  override name = 'RequestEndedError';
}

/** How long the first wait of a request may last: whole seconds until the first nudge, or its end. */
export function firstWait(request: Lifetime, now: Date, rules: NudgeRules): number {
  return nudges(request, now, rules, 0).seconds;
}

type Lifetime = Pick<ApprovalRequest, 'createdAt' | 'expiresAt'>;

/** What is due of a request's nudges, and how long to wait afterwards. */
export function nudges(
  { createdAt, expiresAt }: Lifetime,
  now: Date,
  rules: NudgeRules,
  nudged: number,
): DueNudges {
  const created = Date.parse(createdAt);
  const lifetime = (Date.parse(expiresAt) - created) / 1000;
  const age = (now.getTime() - created) / 1000;
  return dueNudges(nudgeSchedule(rules, lifetime), nudged, age, lifetime);
}

/**
 * @param nudged how many nudges lie behind already
 * @throws RequestEndedError when the request is closed without a decision: no next step would be right
 */
export function afterWait(request: ApprovalRequest, now: Date, rules: NudgeRules, nudged: number): AfterWait {
  if (request.decision !== undefined) return { next: nextFor(request.decision) };
  if (request.status === 'closed') {
    throw new RequestEndedError(`Request ${request.id} ended as ${request.outcome} without a decision.`);
  }
  // Less than a second is left: too short to wait for, and a reminder would come too late to be of use.
  if (Date.parse(request.expiresAt) - now.getTime() < 1000) return { next: 'expire' };
  return { next: 'remind', ...nudges(request, now, rules, nudged) };
}

/**
 * The ExpireOrRemind step: reads the decision, writes the expiry when the time is up, and says what comes next. A
 * decision that arrives while it writes wins; safe to repeat.
 */
export async function expireOrRemind(
  { ledger, now, nudgeRules }: { ledger: Ledger; now: Date; nudgeRules: NudgeRules },
  state: Waiting,
): Promise<NextStep> {
  const request = await ledger.read(state.requestId);
  if (request === undefined) throw new UnknownRequestError(state.requestId);
  const after = afterWait(request, now, nudgeRules, state.nudged ?? 0);
  if (after.next === 'remind') {
    const { due, nudged, seconds } = after;
    return { ...state, next: 'remind', due, nudged, wait: { seconds } };
  }
  const next = after.next === 'expire' ? nextFor(await expire(ledger, request.id, now)) : after.next;
  // Of an expiry nobody has to tell it.
  if (request.decision !== undefined && request.decision.decision !== 'expired') {
    await ledger.auditDelivery(deliveryEntry(request, request.decision, now.toISOString()));
  }
  return { ...state, next, due: [] };
}

function nextFor(decision: Decision): 'restore' | 'discard' {
  return putsBack(decision) ? 'restore' : 'discard';
}

async function expire(ledger: Ledger, requestId: string, now: Date): Promise<Decision> {
  const expired: Decision = {
    decision: 'expired',
    by: { name: 'nobody' },
    via: 'timeout',
    at: now.toISOString(),
  };
  const result = await ledger.decide(requestId, expired);
  switch (result.status) {
    case 'won':
      await ledger.auditDecision(decisionEntry(result.request, expired));
      return expired;
    case 'lost':
      return result.decision;
    case 'closed':
      throw new RequestEndedError(
        `Request ${requestId} ended as ${result.request.outcome} while it expired.`,
      );
    case 'unknown':
      throw new UnknownRequestError(requestId);
  }
}
