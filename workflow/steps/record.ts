import { isApprovedFirst } from '../containment/principal.ts';
import { ERROR } from '../decisions/error-names.ts';
import { LedgerContentionError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LateQuarantine } from '../ledger/open-requests.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { countEarlier } from './count-earlier.ts';
import { firstWait } from './expire-or-remind.ts';
import type { NudgeRules } from './nudges.ts';
import type { Quarantined, Waiting } from './payloads.ts';
import { approvedBefore } from './put-back.ts';

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
  /** What is known of the requester, and how many approvers that takes, before Slack was asked. */
  beforeAsked: Identified;
  /** Who made the change, in Slack; what it means for the number of approvers. Never throws. */
  identify: (request: ApprovalRequest) => Promise<Identified>;
}

type Identified = Required<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>>;

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

/**
 * The Record step. What the ledger shows as approved before is not recorded but handed back, to be put back at once:
 * the ledger did not answer when it was judged. Safe to repeat.
 */
export async function record(
  dependencies: RecordDependencies,
  quarantined: Quarantined,
): Promise<Waiting | Quarantined> {
  if (quarantined.approvedBefore === undefined) {
    const approval = await approvedBefore(quarantined, dependencies.ledger);
    // What was approved while this event was on its way was approved for another event, which may name others.
    if (approval !== undefined && isApprovedFirst(approval, quarantined))
      return { ...quarantined, approvedBefore: approval.requestId };
  }
  return recordRequest(dependencies, quarantined);
}

/**
 * Writes the request into the ledger, or finds the one that covers this change; then asks Slack who
 * made it.
 */
async function recordRequest(dependencies: RecordDependencies, quarantined: Quarantined): Promise<Waiting> {
  const { ledger, now, timeoutSeconds, nudgeRules, beforeAsked } = dependencies;
  const asked = toRequest(quarantined, now, timeoutSeconds);
  const request = { ...asked, ...beforeAsked, ...(await countEarlier(ledger, asked)) };
  const result = await ledger.record(request);
  const duplicate = result.status === 'duplicate';
  if (result.status === 'duplicate') {
    if (result.of !== request.id) await nameRequester(dependencies, request, result.of);
  } else {
    if (result.inForce) await ledger.storeQuarantined(request.id, lateQuarantine(request));
    await assertOutOfForce(ledger, request);
    if (result.quarantinedAt !== request.quarantinedAt) {
      await ledger.storeContainment(request.id, request.containment, request.quarantinedAt ?? '');
    }
    await identifyRequester(dependencies, request);
  }
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
    ...(duplicate && { duplicateOf: result.of }),
    ...(duplicate && quarantined.putBacks && { putBacks: quarantined.putBacks }),
    change: request.change,
    inspection: request.inspection,
    containment: request.containment,
    executionArn: request.executionArn,
    wait: { seconds: firstWait(duplicate ? request : result, now, nudgeRules) },
  };
}

/** An approval of the same document was carried out after this quarantine, so that it has to be repeated. */
class PutBackMeanwhileError extends Error {
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
}

/**
 * A change that a request covers already may name somebody else as its maker. Which of the two it was is not known, so
 * neither may approve it.
 *
 * @throws LedgerContentionError when the request has ended meanwhile: the next try records one of its own
 */
async function nameRequester(
  { ledger, now, approvalsRequired, beforeAsked, identify }: RecordDependencies,
  request: ApprovalRequest,
  coveredBy: string,
): Promise<void> {
  const { change, executionArn } = request;
  const { requester: named, eventId } = change;
  const also = {
    ...{ requester: named, match: beforeAsked.requester, eventId, executionArn },
    at: now.toISOString(),
  };
  const result = await ledger.nameRequester(coveredBy, also, approvalsRequired);
  if (result === 'ended') throw new LedgerContentionError(coveredBy);
  if (result === 'known') return;
  const { requester: match } = await identify(request);
  if (match.status !== 'unknown') {
    await ledger.nameRequester(coveredBy, { ...also, match }, approvalsRequired);
  }
  await ledger.audit({
    at: now.toISOString(),
    event: 'requester.named',
    requestId: coveredBy,
    detail: `Another event names ${named.label} as who made the change.`,
    eventId,
    executionArn,
  });
}

/** The request was made while the grant was in force, and stands in the ledger as it was then. */
function lateQuarantine(request: ApprovalRequest): LateQuarantine {
  const {
    containment,
    quarantinedAt = request.createdAt,
    inspection,
    document,
    surroundings,
    expiresAt,
  } = request;
  return {
    ...{ containment, quarantinedAt, inspection, expiresAt },
    ...(document && { document }),
    ...(surroundings && { surroundings }),
  };
}

/** Without an answer of Slack's the request stays as it was written; it is asked again before people are. */
async function identifyRequester(
  { ledger, identify }: RecordDependencies,
  request: ApprovalRequest,
): Promise<void> {
  const { requester, approvalsNeeded } = await identify(request);
  if (requester.status !== 'unknown') await ledger.storeRequester(request.id, requester, approvalsNeeded);
}
