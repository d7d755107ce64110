import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Contained } from '../../../workflow/steps/payloads.ts';
import { aChange, aRequest } from '../../support/requests.ts';

let count = 0;

/**
 * A request in the ledger: of its own for each call, so that none covers another, and by somebody of its own unless
 * `by` says who, so that none is grouped with another.
 */
export async function recorded(
  ledger: Ledger,
  overrides: Partial<ApprovalRequest> = {},
  by?: string,
): Promise<ApprovalRequest> {
  const id = `request${count++}`;
  const who = by ?? `nobody-but-${id}`;
  const arn = `arn:aws:iam::123456789012:user/${who}`;
  const change = aChange({
    requestId: id,
    requester: { type: 'IAMUser', label: who, arn, names: [who] },
    target: { type: 'inline-policy', entity: 'role', entityName: 'deployer', policyName: id },
  });
  const request = aRequest(id, { change, containment: { type: 'inline-policy' }, ...overrides });
  await ledger.record(request);
  return request;
}

/** Output of Restore or Discard for a request. */
export function endedAs(
  request: ApprovalRequest,
  outcome: Contained['outcome'],
  detail = 'Done.',
): Contained {
  const { id, change, inspection, containment, executionArn } = request;
  const state = { requestId: id, status: 'recorded', change, inspection, containment, executionArn } as const;
  return { ...state, outcome, detail };
}

export const MATCHED = { status: 'matched', slackUserId: 'U0DEVONDE', by: 'table' } as const;

/** What a step that waits for a decision about a request is told of it. */
export const waitingFor = ({ id, executionArn }: ApprovalRequest) => ({ requestId: id, executionArn });
