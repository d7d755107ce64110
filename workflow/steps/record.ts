import { ERROR } from '../decisions/error-names.ts';
import { LedgerContentionError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { firstWait } from './expire-or-remind.ts';
import type { NudgeRules } from './nudges.ts';
import type { Quarantined, Waiting } from './payloads.ts';

/** Record was given something that was not quarantined; the state machine never does that. */
export class NotQuarantinedError extends Error {
  override name = 'NotQuarantinedError';
}

export interface RecordDependencies {
  ledger: Ledger;
  now: Date;
  /** How long a request may wait, in seconds. */
  timeoutSeconds: number;
  nudgeRules: NudgeRules;
  /** How many approvers a request needs whose requesters are all known. */
  approvalsRequired: number;
  /** Who made the change, in Slack; what it means for the number of approvers. */
  identify: (request: ApprovalRequest) => Promise<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>>;
}

/** @throws NotQuarantinedError unless quarantine has succeeded */
export function toRequest(quarantined: Quarantined, now: Date, timeoutSeconds: number): ApprovalRequest {
  const { status, change, containment, quarantinedAt } = quarantined;
  if (status !== 'quarantined' || containment === undefined || quarantinedAt === undefined) {
    throw new NotQuarantinedError(
      `Change ${change.requestId} is ${status}; only a quarantined one is recorded.`,
    );
  }
  return {
    id: change.requestId,
    status: 'pending',
    change,
    inspection: quarantined.inspection,
    ...(quarantined.document === undefined ? {} : { document: quarantined.document }),
    containment,
    quarantinedAt,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    executionArn: quarantined.executionArn,
    ...(quarantined.event && { event: quarantined.event }),
    ...(quarantined.surroundings && { surroundings: quarantined.surroundings }),
    ...(quarantined.principal && { principal: quarantined.principal }),
    approvalsNeeded: 1,
    votes: [],
  };
}

/** The Record step: writes the request into the ledger, or finds the one that covers this change. Safe to repeat. */
export async function record(dependencies: RecordDependencies, quarantined: Quarantined): Promise<Waiting> {
  const { ledger, now, timeoutSeconds, nudgeRules, identify } = dependencies;
  const unidentified = toRequest(quarantined, now, timeoutSeconds);
  const request = { ...unidentified, ...(await identify(unidentified)) };
  const result = await ledger.record(request);
  const duplicate = result.status === 'duplicate';
  if (duplicate && result.of !== request.id) await nameRequester(dependencies, request, result.of);
  if (!duplicate) await assertOutOfForce(ledger, request);
  await ledger.audit({
    at: now.toISOString(),
    event: duplicate ? 'request.duplicate' : 'request.recorded',
    requestId: request.id,
    detail: duplicate ? `Covered by request ${result.of}.` : quarantined.detail,
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  return {
    requestId: request.id,
    status: result.status,
    ...(duplicate ? { duplicateOf: result.of } : {}),
    change: request.change,
    inspection: request.inspection,
    containment: request.containment,
    executionArn: request.executionArn,
    wait: { seconds: firstWait(duplicate ? request : result, now, nudgeRules) },
  };
}

/** An approval of the same document was carried out after this quarantine, so that it has to be repeated. */
export class PutBackMeanwhileError extends Error {
  override name = ERROR.putBackMeanwhile;
}

/**
 * The same document may have been approved before, for an event that named somebody else, and be put back while this
 * event is on its way. That approval is void since this request was recorded; whoever restores by it may not have seen.
 *
 * @throws LedgerContentionError while it is being put back: the next try finds it done
 * @throws PutBackMeanwhileError when it was put back after this quarantine
 */
async function assertOutOfForce(ledger: Ledger, request: ApprovalRequest): Promise<void> {
  const before = await ledger.readPredecessor(request);
  if (before?.decision?.decision === 'approved') {
    if (before.status === 'decided') throw new LedgerContentionError(before.id);
    if (Date.parse(before.closedAt ?? '') >= Date.parse(request.quarantinedAt ?? '')) {
      throw new PutBackMeanwhileError(`Request ${before.id} put back what request ${request.id} is about.`);
    }
  }
  await ledger.storeContainment(request.id, request.containment, request.quarantinedAt ?? '');
}

/**
 * A change that a request covers already may name somebody else as its maker. Which of the two it was is not known, so
 * neither may approve it.
 *
 * @throws LedgerContentionError when the request has ended meanwhile: the next try records one of its own
 */
async function nameRequester(
  { ledger, now, approvalsRequired }: RecordDependencies,
  { change, executionArn, requester }: ApprovalRequest,
  coveredBy: string,
): Promise<void> {
  const match = requester ?? { status: 'unknown', why: 'Slack has not been asked' };
  const { requester: named, eventId } = change;
  const also = { requester: named, match, eventId, executionArn, at: now.toISOString() };
  const result = await ledger.nameRequester(coveredBy, also, approvalsRequired);
  if (result === 'ended') throw new LedgerContentionError(coveredBy);
  if (result === 'known') return;
  await ledger.audit({
    at: now.toISOString(),
    event: 'requester.named',
    requestId: coveredBy,
    detail: `Another event names ${named.label} as who made the change.`,
    eventId,
    executionArn,
  });
}
