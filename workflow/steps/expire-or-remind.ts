import { UnknownRequestError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Decision } from '../ledger/request.ts';
import type { NextStep, Waiting } from './payloads.ts';

/** What comes after a wait that ended; `expire`: write the expiry first, then discard. */
export type AfterWait =
  | { next: 'restore' | 'discard' | 'expire' }
  /** `seconds`: how long to wait after reminding. */
  | { next: 'remind'; seconds: number };

/** The request ended without a decision while its execution was still waiting. */
export class RequestEndedError extends Error {
  override name = 'RequestEndedError';
}

/**
 * @returns whole seconds until the next reminder or the end, at least 1 (Step Functions' smallest time-out);
 *   rounded up, so that a wait never ends before the request expires
 */
export function waitSeconds(expiresAt: string, now: Date, reminderSeconds: number): number {
  const remaining = Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1000);
  return Math.max(1, Math.min(reminderSeconds, remaining));
}

/** @throws RequestEndedError when the request is closed without a decision: no next step would be right */
export function afterWait(request: ApprovalRequest, now: Date, reminderSeconds: number): AfterWait {
  if (request.decision !== undefined) return { next: nextFor(request.decision) };
  if (request.status === 'closed') {
    throw new RequestEndedError(`Request ${request.id} ended as ${request.outcome} without a decision.`);
  }
  // Less than a second is left: too short to wait for, and a reminder would come too late to be of use.
  if (Date.parse(request.expiresAt) - now.getTime() < 1000) return { next: 'expire' };
  return { next: 'remind', seconds: waitSeconds(request.expiresAt, now, reminderSeconds) };
}

/**
 * The ExpireOrRemind step: reads the decision, writes the expiry when the time is up, and says what comes next. A
 * decision that arrives while it writes wins; safe to repeat.
 */
export async function expireOrRemind(
  { ledger, now, reminderSeconds }: { ledger: Ledger; now: Date; reminderSeconds: number },
  state: Waiting,
): Promise<NextStep> {
  const request = await ledger.read(state.requestId);
  if (request === undefined) throw new UnknownRequestError(state.requestId);
  const after = afterWait(request, now, reminderSeconds);
  if (after.next === 'remind') return { ...state, next: 'remind', wait: { seconds: after.seconds } };
  const next = after.next === 'expire' ? nextFor(await expire(ledger, request.id, now)) : after.next;
  // Only now does the state machine certainly know of the decision: whatever comes next depends on it.
  await ledger.markDelivered(request.id);
  return { ...state, next };
}

function nextFor({ decision }: Decision): 'restore' | 'discard' {
  return decision === 'approved' ? 'restore' : 'discard';
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
      await ledger.audit({
        at: expired.at,
        event: 'decision.expired',
        requestId,
        detail: 'Nobody decided in time.',
        eventId: result.request.change.eventId,
        executionArn: result.request.executionArn,
      });
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
