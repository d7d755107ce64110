import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';

/** Whether the ledger knows that a request, or a report, was put to people. */
export function isAsked({ slack, emailedAt }: Pick<ApprovalRequest, 'slack' | 'emailedAt'>): boolean {
  return slack !== undefined || emailedAt !== undefined;
}
