import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { waitSeconds } from './expire-or-remind.ts';
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
  reminderSeconds: number;
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
  };
}

/** The Record step: writes the request into the ledger, or finds the one that covers this change. Safe to repeat. */
export async function record(
  { ledger, now, timeoutSeconds, reminderSeconds }: RecordDependencies,
  quarantined: Quarantined,
): Promise<Waiting> {
  const request = toRequest(quarantined, now, timeoutSeconds);
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
  const expiresAt = duplicate ? request.expiresAt : result.expiresAt;
  return {
    requestId: request.id,
    status: result.status,
    ...(duplicate ? { duplicateOf: result.of } : {}),
    change: request.change,
    inspection: request.inspection,
    containment: request.containment,
    executionArn: request.executionArn,
    wait: { seconds: waitSeconds(expiresAt, now, reminderSeconds) },
  };
}
