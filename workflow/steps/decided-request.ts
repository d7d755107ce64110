import type { DecidedTask } from '../containment/tasks.ts';
import { OvertakenError } from '../decisions/overtaken-error.ts';
import { unpack } from '../inspection/packed-document.ts';
import { lacksVotes } from '../ledger/count-votes.ts';
import { UnknownRequestError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Decision } from '../ledger/request.ts';

/** The ledger does not hold the decision that this step would carry out: nothing is done. */
export class DecisionMissingError extends Error {
  override name = 'DecisionMissingError';
}

/** Without the reviewed document nobody can tell what would be put back or deleted. */
class DocumentMissingError extends Error {
  override name = 'DocumentMissingError';
}

/** What the state machine says counts for nothing here: only the ledger knows what was decided about what. */
interface DecidedRequest {
  decision: Decision['decision'];
  task: DecidedTask;
  /** How often another execution was given the request: each before may have begun with the same. */
  handovers: number;
}

/**
 * @param wanted the decisions that the step may carry out
 * @throws UnknownRequestError, DecisionMissingError, DocumentMissingError, and OvertakenError where it was carried out
 *   before: the step must not do anything
 */
export async function readDecided(
  ledger: Pick<Ledger, 'readOpen'>,
  requestId: string,
  wanted: readonly Decision['decision'][],
  retryCount: number,
): Promise<DecidedRequest> {
  const found = await ledger.readOpen(requestId);
  if (found === undefined) throw new UnknownRequestError(requestId);
  const { request, handovers } = found;
  const decision = request.decision?.decision;
  if (decision === undefined || !wanted.includes(decision)) {
    throw new DecisionMissingError(
      `Request ${requestId} is ${decision ?? 'not decided'} in the ledger, not ${wanted.join(' or ')}; nothing was changed.`,
    );
  }
  if (request.status === 'closed') throw new OvertakenError(requestId);
  if (decision === 'approved' && lacksVotes(request)) {
    throw new DecisionMissingError(
      `Request ${requestId} is approved in the ledger by ${request.votes.length} of the ${request.approvalsNeeded} approvers that it needs; nothing was changed.`,
    );
  }
  return { decision, task: taskOf(request, retryCount), handovers };
}

function taskOf(request: ApprovalRequest, retryCount: number): DecidedTask {
  const { id, change, containment, document, principal, unsure } = request;
  if (document === undefined) {
    throw new DocumentMissingError(
      `Request ${id} has no reviewed document, so nothing is put back or deleted; look at it by hand.`,
    );
  }
  const task = { requestId: id, change, containment, principal, document: unpack(document), retryCount };
  return { ...task, ...(unsure && { unsure }) };
}
