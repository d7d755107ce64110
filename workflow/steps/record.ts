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
export async function record(
  { ledger, now, timeoutSeconds, nudgeRules, identify }: RecordDependencies,
  quarantined: Quarantined,
): Promise<Waiting> {
  const unidentified = toRequest(quarantined, now, timeoutSeconds);
  const request = { ...unidentified, ...(await identify(unidentified)) };
  const result = await ledger.record(request);
  const duplicate = result.status === 'duplicate';
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
