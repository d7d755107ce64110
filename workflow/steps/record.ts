import { ERROR } from '../decisions/error-names.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LateQuarantine } from '../ledger/open-requests.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { firstWait } from './expire-or-remind.ts';
import { type KeepDependencies, keepRequest, putBackBy } from './keep-request.ts';
import type { NudgeRules } from './nudges.ts';
import type { Quarantined, Waiting } from './payloads.ts';
import { approvedBefore } from './put-back.ts';

/** Record was given something that was not quarantined; the state machine never does that. */
export class NotQuarantinedError extends Error {
  override name = 'NotQuarantinedError';
}

/** An approval of the same document was carried out after this quarantine, so that it has to be repeated. */
class PutBackMeanwhileError extends Error {
  override name = ERROR.putBackMeanwhile;

  constructor(requestId: string, putBackBy: string) {
    super(`Request ${putBackBy} put back what request ${requestId} is about.`);
  }
}

export interface RecordDependencies extends KeepDependencies<Ledger> {
  /** How long a request may wait, in seconds. */
  timeoutSeconds: number;
  nudgeRules: NudgeRules;
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
    ...(quarantined.unsure && { unsure: quarantined.unsure }),
    approvalsNeeded: 1,
    votes: [],
  };
}

/**
 * The Record step. What the ledger shows as approved is not recorded, which would make the approval void, but handed
 * back, to be put back at once: the ledger did not answer when it was judged, or it was approved while this event was on
 * its way, for the same maker. Safe to repeat.
 */
export async function record(
  dependencies: RecordDependencies,
  quarantined: Quarantined,
): Promise<Waiting | Quarantined> {
  if (quarantined.approvedBefore === undefined) {
    const approval = await approvedBefore(quarantined, dependencies.ledger);
    if (approval !== undefined) return { ...quarantined, approvedBefore: approval.requestId };
  }
  return recordRequest(dependencies, quarantined);
}

/** @throws PutBackMeanwhileError, LedgerContentionError */
async function recordRequest(dependencies: RecordDependencies, quarantined: Quarantined): Promise<Waiting> {
  const { ledger, now, timeoutSeconds, nudgeRules, beforeAsked } = dependencies;
  const request = { ...toRequest(quarantined, now, timeoutSeconds), ...beforeAsked };
  const result = await keepRequest(dependencies, request, quarantined.detail);
  if (result.status === 'recorded') {
    if (result.inForce) await ledger.storeQuarantined(request.id, lateQuarantine(request));
    const putBack = await putBackBy(ledger, request);
    if (putBack !== undefined) throw new PutBackMeanwhileError(request.id, putBack);
    if (result.quarantinedAt !== request.quarantinedAt) {
      await ledger.storeContainment(request.id, request.containment, request.quarantinedAt ?? '');
    }
  }
  const duplicate = result.status === 'duplicate';
  return {
    requestId: request.id,
    status: result.status,
    ...(duplicate && { duplicateOf: result.of, detail: quarantined.detail }),
    ...(duplicate && quarantined.putBacks && { putBacks: quarantined.putBacks }),
    change: request.change,
    inspection: request.inspection,
    containment: request.containment,
    executionArn: request.executionArn,
    wait: { seconds: firstWait(duplicate ? request : result, now, nudgeRules) },
  };
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
