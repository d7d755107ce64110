import type { AuditEntry, DeliveryEntry } from '../ledger/audit-trail.ts';
import type { ApprovalRequest, Decision } from '../ledger/request.ts';

/** What ended a request without a person. */
const UNDECIDED: Partial<Record<Decision['decision'], string>> = {
  expired: 'Nobody decided in time.',
  unfounded: 'CloudTrail knows of nobody who made the change.',
};

/**
 * What the audit trail holds of the one decision of a request. All of it comes from the ledger, so that whoever finds
 * a decision can write it down, should the one who made it not have come that far.
 */
export function decisionEntry(
  { id, change, executionArn }: Pick<ApprovalRequest, 'id' | 'change' | 'executionArn'>,
  { decision, by, via, at, breakGlass }: Decision,
): AuditEntry & { requestId: string } {
  const who = by.email === undefined ? via : `${via} ${by.email.text}, from ${by.email.sourceIp}`;
  const detail =
    UNDECIDED[decision] ?? `${by.name} (${who}): ${decision}${breakGlass ? ', break glass' : ''}`;
  return {
    ...{ at, event: `decision.${decision}`, requestId: id, detail, eventId: change.eventId, executionArn },
    ...(by.slackUserId !== undefined && { slackUserId: by.slackUserId }),
    ...(via === 'slack' && { slackUserName: by.name }),
  };
}

/** What it holds of when the state machine took the decision. @param at ISO 8601, UTC */
export function deliveryEntry(
  { id, change, executionArn }: Pick<ApprovalRequest, 'id' | 'change' | 'executionArn'>,
  { decision, at: decidedAt }: Decision,
  at: string,
): DeliveryEntry {
  const about = { requestId: id, eventId: change.eventId, executionArn };
  return { at, decidedAt, event: 'decision.delivered', detail: deliveredDetail(decision), ...about };
}

export const deliveredDetail = (decision: string): string => `The state machine took it: ${decision}.`;
