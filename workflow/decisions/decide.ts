import type { VoteResult } from '../ledger/approve.ts';
import type { AuditEntry } from '../ledger/audit-trail.ts';
import { OwnRequestError, TooManyMakersError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Approver, Decision, Vote } from '../ledger/request.ts';
import { deliveryEntry } from './decision-entry.ts';
import { deliver } from './deliver.ts';
import { givenReason } from './given-reason.ts';
import type { TaskCallbacks } from './task-callbacks.ts';

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
  /** The request as it was read to find out who may decide. */
  seen?: ApprovalRequest;
  /** An approval by the requester, which has been checked to be allowed. */
  breakGlass?: boolean;
  /** For the audit trail. */
  slackTeamId?: string;
}

/**
 * - `counted`: the approval is written down, and `missing` more approvers are needed.
 * - `already-voted`: this approver had approved before; nothing was changed.
 * - `decided`: this attempt is the decision, and the state machine knows it or is about to read it in the ledger.
 * - `already-decided`: somebody else's `decision` stands.
 * - `undelivered`: a decision stands (`mine`: this attempt's), but Step Functions could not be told; it is handed on
 *   by the next click, or when the wait ends. `cause` is for the log.
 * - `closed`: the request ended without a decision, e.g. because the policy was deleted.
 * - `own-request`: the approver turned out to be the requester; nothing was changed.
 * - `too-many-makers`: events name so many that nobody may approve; nothing was changed.
 * - `unknown`: there is no such request.
 */
export type DecideOutcome =
  | { status: 'counted' | 'already-voted'; request: ApprovalRequest; missing: number }
  | { status: 'decided'; request: ApprovalRequest; decision: Decision }
  | { status: 'already-decided'; request: ApprovalRequest; decision: Decision }
  | { status: 'undelivered'; request: ApprovalRequest; decision: Decision; mine: boolean; cause: unknown }
  | { status: 'closed'; request: ApprovalRequest }
  | { status: 'own-request' | 'too-many-makers' }
  | { status: 'unknown' };

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
  const { ledger, now } = dependencies;
  const { outcome, deliveredAt } = await decideAndDeliver(dependencies, input);
  const entry = auditEntry(input, outcome, now);
  await all([
    isDecision(outcome) ? ledger.auditDecision({ ...entry, deliveredAt }) : ledger.audit(entry),
    outcome.status === 'already-decided' &&
      deliveredAt !== undefined &&
      ledger.auditDelivery(deliveryEntry(outcome.request, outcome.decision, deliveredAt)),
    input.breakGlass && isCounted(outcome) && ledger.audit({ ...entry, event: 'decision.break-glass' }),
  ]);
  return outcome;
}

/** Waits for each, also where one fails: Lambda stops what nobody waits for. @throws what the first throws that fails */
async function all(writes: readonly (Promise<void> | false | undefined)[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find((write) => write.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Whether an attempt is the decision; should this not be written down, whoever announces the outcome does so. */
function isDecision(outcome: DecideOutcome): boolean {
  return outcome.status === 'decided' || (outcome.status === 'undelivered' && outcome.mine);
}

/** Whether an attempt was written down, as a vote or as the decision. */
function isCounted(outcome: DecideOutcome): boolean {
  if (outcome.status === 'undelivered') return outcome.mine;
  return outcome.status === 'counted' || outcome.status === 'decided';
}

async function decideAndDeliver(
  { ledger, callbacks, now, beforeDelivery }: DecideDependencies,
  input: DecideInput,
): Promise<{ outcome: DecideOutcome; deliveredAt?: string }> {
  const result = await write(ledger, input, now);
  if (result.status !== 'won' && result.status !== 'lost') return { outcome: result };
  const { request, decision, taskToken } = result;
  const mine = result.status === 'won';
  if (mine) await beforeDelivery?.(request, decision);
  const delivery = await deliver(callbacks, decision, taskToken);
  if (delivery.status === 'failed') {
    return { outcome: { status: 'undelivered', request, decision, mine, cause: delivery.cause } };
  }
  return {
    outcome: { status: mine ? 'decided' : 'already-decided', request, decision },
    ...(delivery.status === 'delivered' && { deliveredAt: now.toISOString() }),
  };
}

/** One denial denies; of approvals as many different ones are needed as the request says. */
async function write(
  ledger: Ledger,
  input: DecideInput,
  now: Date,
): Promise<VoteResult | { status: 'own-request' | 'too-many-makers' }> {
  const { requestId, decision, by, via, breakGlass, seen } = input;
  const reason = givenReason(input.reason);
  const vote: Vote = { by, via, at: now.toISOString(), ...(reason !== undefined && { reason }) };
  if (decision === 'denied') return ledger.decide(requestId, { decision, ...vote });
  try {
    return await ledger.approve(requestId, { ...vote, ...(breakGlass && { breakGlass }) }, seen);
  } catch (error) {
    if (error instanceof OwnRequestError) return { status: 'own-request' };
    if (error instanceof TooManyMakersError) return { status: 'too-many-makers' };
    throw error;
  }
}

function auditEntry(
  input: DecideInput,
  outcome: DecideOutcome,
  now: Date,
): AuditEntry & { requestId: string } {
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
  const attempt = `${describeBy(input)}: ${input.decision}${input.breakGlass ? ', break glass' : ''}`;
  const refused = (why: string) => ({ event: 'decision.refused', detail: `${attempt}; ${why}` });
  switch (outcome.status) {
    case 'counted': {
      const { votes, approvalsNeeded } = outcome.request;
      return { event: 'vote.approved', detail: `${attempt}; ${votes.length} of ${approvalsNeeded}` };
    }
    case 'already-voted':
      return refused('this approver had approved before');
    case 'decided':
      return { event: `decision.${input.decision}`, detail: attempt };
    case 'undelivered':
      if (!outcome.mine) return refused(`${describe(outcome.decision)}, which could not be delivered yet`);
      return { event: `decision.${input.decision}`, detail: `${attempt}; not delivered yet` };
    case 'already-decided':
      return refused(describe(outcome.decision));
    case 'closed':
      return refused(`the request had ended: ${outcome.request.outcome}`);
    case 'own-request':
      return refused('this approver had turned out to be the requester');
    case 'too-many-makers':
      return refused('events name so many makers that nobody may approve');
    case 'unknown':
      return refused('there is no such request');
  }
}

function describeBy({ by: { name, email }, via }: DecideInput): string {
  return email === undefined ? `${name} (${via})` : `${name} (${via} ${email.text}, from ${email.sourceIp})`;
}

function describe({ decision, by, at }: Decision): string {
  return `it was ${decision} by ${by.name} at ${at}`;
}
