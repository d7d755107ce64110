import type { AuditEntry, Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Approver, Decision } from '../ledger/request.ts';
import { ERROR } from '../steps/payloads.ts';
import type { CallbackResult, TaskCallbacks } from './task-callbacks.ts';

export interface DecideDependencies {
  ledger: Ledger;
  callbacks: TaskCallbacks;
  now: Date;
  /**
   * Told of the decision that this attempt has made, before the state machine is: what it shows people can then never
   * come after the outcome. Must not throw, and must be quick.
   */
  beforeDelivery?: (request: ApprovalRequest, decision: Decision) => Promise<void>;
}

export interface DecideInput {
  requestId: string;
  decision: 'approved' | 'denied';
  by: Approver;
  via: 'slack' | 'email';
  /** As the person wrote it; blank counts as none. */
  reason?: string;
  /** For the audit trail. */
  slackTeamId?: string;
}

/**
 * - `decided`: this attempt is the decision, and the state machine knows it or is about to read it in the ledger.
 * - `already-decided`: somebody else's `decision` stands.
 * - `undelivered`: a decision stands (`mine`: this attempt's), but Step Functions could not be told; it is handed on
 *   by the next click, or when the wait ends. `cause` is for the log.
 * - `closed`: the request ended without a decision, e.g. because the policy was deleted.
 * - `unknown`: there is no such request.
 */
export type DecideOutcome =
  | { status: 'decided'; request: ApprovalRequest; decision: Decision }
  | { status: 'already-decided'; request: ApprovalRequest; decision: Decision }
  | { status: 'undelivered'; request: ApprovalRequest; decision: Decision; mine: boolean; cause: unknown }
  | { status: 'closed'; request: ApprovalRequest }
  | { status: 'unknown' };

/** Slack's limit for a text input; the cause of a failed task may hold 32,768 characters. */
const LONGEST_REASON = 3_000;

/**
 * The one way to decide, for Slack and e-mail alike. Who may decide has been checked before.
 *
 * The ledger is written first and the state machine is told afterwards: stopped in between, the decision stands and
 * is delivered by whoever comes next, whereas a delivery without a decision would be an approval that nobody can find.
 *
 * @throws LedgerUnavailableError when the attempt could not be written down; nothing is decided by it then, or the
 *   decision stands and a further attempt says so
 */
export async function decide(dependencies: DecideDependencies, input: DecideInput): Promise<DecideOutcome> {
  const outcome = await decideAndDeliver(dependencies, input);
  await dependencies.ledger.audit(auditEntry(input, outcome, dependencies.now));
  return outcome;
}

async function decideAndDeliver(
  { ledger, callbacks, now, beforeDelivery }: DecideDependencies,
  input: DecideInput,
): Promise<DecideOutcome> {
  const result = await ledger.decide(input.requestId, toDecision(input, now));
  if (result.status === 'unknown' || result.status === 'closed') return result;
  const { request, taskToken } = result;
  const mine = result.status === 'won';
  const decision = mine ? toDecision(input, now) : result.decision;
  if (mine) await beforeDelivery?.(request, decision);
  if (mine || !result.delivered) {
    const delivery = await deliver(callbacks, decision, taskToken);
    if (delivery.status === 'failed') {
      return { status: 'undelivered', request, decision, mine, cause: delivery.cause };
    }
    if (delivery.status === 'delivered') await ledger.markDelivered(request.id);
  }
  return { status: mine ? 'decided' : 'already-decided', request, decision };
}

type Delivery = { status: CallbackResult } | { status: 'failed'; cause: unknown };

/**
 * Tells the state machine. A token that is closed, or not there yet, needs nothing more: the wait it belonged to is
 * over, or the next one has not begun, and before the state machine waits again it reads the decision in the ledger.
 */
async function deliver(
  callbacks: TaskCallbacks,
  decision: Decision,
  taskToken: string | undefined,
): Promise<Delivery> {
  // The state machine itself lets a request expire; there is nobody left to tell.
  if (taskToken === undefined || decision.decision === 'expired') return { status: 'closed' };
  try {
    const status =
      decision.decision === 'approved'
        ? await callbacks.succeed(taskToken, { decision })
        : await callbacks.fail(taskToken, ERROR.denied, JSON.stringify(decision));
    return { status };
  } catch (cause) {
    return { status: 'failed', cause };
  }
}

function toDecision({ decision, by, via, reason }: DecideInput, now: Date): Decision {
  const given = reason?.trim().slice(0, LONGEST_REASON);
  return { decision, by, via, at: now.toISOString(), ...(given ? { reason: given } : {}) };
}

function auditEntry(input: DecideInput, outcome: DecideOutcome, now: Date): AuditEntry {
  const request = 'request' in outcome ? outcome.request : undefined;
  return {
    at: now.toISOString(),
    ...describeAttempt(input, outcome),
    requestId: input.requestId,
    slackUserId: input.by.slackUserId,
    slackUserName: input.via === 'slack' ? input.by.name : undefined,
    slackTeamId: input.slackTeamId,
    eventId: request?.change.eventId,
    executionArn: request?.executionArn,
  };
}

function describeAttempt(input: DecideInput, outcome: DecideOutcome): Pick<AuditEntry, 'event' | 'detail'> {
  const attempt = `${input.by.name} (${input.via}): ${input.decision}`;
  const refused = (why: string) => ({ event: 'decision.refused', detail: `${attempt}; ${why}` });
  switch (outcome.status) {
    case 'decided':
      return { event: `decision.${input.decision}`, detail: attempt };
    case 'undelivered':
      if (!outcome.mine) return refused(`${describe(outcome.decision)}, which could not be delivered yet`);
      return { event: `decision.${input.decision}`, detail: `${attempt}; not delivered yet` };
    case 'already-decided':
      return refused(describe(outcome.decision));
    case 'closed':
      return refused(`the request had ended: ${outcome.request.outcome}`);
    case 'unknown':
      return refused('there is no such request');
  }
}

function describe({ decision, by, at }: Decision): string {
  return `it was ${decision} by ${by.name} at ${at}`;
}
