import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { NotifyPayload } from '../payload.ts';

export type ReportInput = Extract<NotifyPayload, { step: 'report' }>;

/** A restricted change that was left alone, as the ledger keeps it: a request that was closed from the start. */
export type UntouchedRequest = ApprovalRequest & {
  outcome: 'observed' | 'exempt';
  outcomeDetail: string;
  closedAt: string;
};

/** @param state as Inspect leaves it or, where Inspect has failed, Quarantine */
export function untouchedRequest(
  state: ReportInput['state'],
  executionArn: string,
  now: Date,
): UntouchedRequest {
  const { change, inspection, document, event } = state;
  const at = now.toISOString();
  const exemption = 'exemption' in state ? state.exemption : undefined;
  return {
    id: change.requestId,
    status: 'closed',
    change,
    inspection,
    ...(document && { document }),
    ...(event && { event }),
    ...(exemption && { exemption }),
    containment: { type: 'none' },
    createdAt: at,
    expiresAt: at,
    executionArn,
    approvalsNeeded: 1,
    votes: [],
    outcome: 'verdict' in state ? state.verdict : state.status,
    outcomeDetail: 'verdict' in state ? state.reason : state.detail,
    closedAt: at,
  };
}
