import { holdersIn } from '../containment/surroundings.ts';
import { requestIdOf } from '../events/request-id.ts';
import { UnknownRequestError } from '../ledger/errors.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { firstWait } from './expire-or-remind.ts';
import { keepRequest, putBackBy } from './keep-request.ts';
import type { Contained, Judgement, Waiting } from './payloads.ts';
import type { RecordDependencies } from './record.ts';
import { quarantineAgain } from './resume.ts';

interface AskAgainDependencies extends RecordDependencies {
  /** Says how the request before has ended, and closes it. */
  announce: (ended: Contained) => Promise<unknown>;
}

/** Whoever changes the principal again and again must not wear approvers down: the third is opened by one of them. */
const BY_ITSELF = 2;

/**
 * The AskAgain step: what was approved for others than it would serve now is asked about anew, by a request of its
 * own, for those whom it would serve. The new request comes first, so that none is lost. Safe to repeat.
 *
 * @returns the wait for the new request; how the request ended, where nothing is asked; what is to be quarantined
 *   again, where another approval has put it back meanwhile
 * @throws LedgerContentionError while that is going on
 */
export async function askAgain(
  deps: AskAgainDependencies,
  ended: Contained,
): Promise<Waiting | Contained | Judgement> {
  const { ledger, now, nudgeRules } = deps;
  const before = await ledger.read(ended.requestId);
  if (before === undefined) throw new UnknownRequestError(ended.requestId);
  const { asked = 1, opened = false } = before;
  if (asked >= BY_ITSELF && !opened) {
    await ledger.storeToOpen(before.id);
    return ended;
  }
  const next = nextRequest(deps, before, ended, opened ? 1 : asked + 1);
  const result = await keepRequest(deps, next, ended.detail);
  const id = result.status === 'duplicate' ? result.of : next.id;
  const told = { ...ended, detail: `${ended.detail} Request ${id} asks about it anew.` };
  if (result.status === 'duplicate') return told;
  const putBack = await putBackBy(ledger, next, before.id);
  await deps.announce(told);
  if (putBack !== undefined) return quarantineAgain(next, `Request ${putBack} has put it back meanwhile.`);
  const { change, inspection, containment, executionArn } = next;
  return {
    ...{ requestId: next.id, status: 'recorded', change, inspection, containment, executionArn },
    wait: { seconds: firstWait(result, now, nudgeRules) },
  };
}

function nextRequest(
  { now, timeoutSeconds, beforeAsked }: AskAgainDependencies,
  { document, event, surroundings, quarantinedAt, requester, approvalsNeeded, ...before }: ApprovalRequest,
  { executionArn, principal }: Contained,
  asked: number,
): ApprovalRequest {
  const { change, inspection, containment, confirmed, refuted, alsoNamed } = before;
  const id = requestIdOf(change.accountId, change.eventId, `${before.id}|again`);
  const attachedTo = principal?.members?.map(({ name }) => name) ?? surroundings?.attachedTo;
  const holders = holdersIn(change.target, principal) ?? surroundings?.holders;
  return {
    ...{ id, status: 'pending', change: { ...change, requestId: id }, inspection, containment, executionArn },
    ...(document && { document }),
    ...(event && { event }),
    ...(quarantinedAt !== undefined && { quarantinedAt }),
    ...(principal && { principal }),
    ...(surroundings && {
      surroundings: { ...surroundings, ...(attachedTo && { attachedTo }), ...(holders && { holders }) },
    }),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    ...(requester === undefined ? beforeAsked : { requester, approvalsNeeded }),
    // Whoever was named as its maker may not approve it now either.
    ...(confirmed !== undefined && { confirmed }),
    ...(refuted && { refuted }),
    ...(alsoNamed && { alsoNamed }),
    asked,
    votes: [],
  };
}
