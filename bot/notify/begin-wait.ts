import type { TokenResult } from '../../workflow/ledger/decisions.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { NotifyDeps } from './deps.ts';
import { AlreadyDecidedError, NotDeliveredError } from './errors.ts';

/**
 * Stores the task token of a wait that begins, before anybody can click, and reads the request.
 *
 * @throws AlreadyDecidedError when there is nothing to wait for any more
 * @throws NotDeliveredError when the ledger did not answer
 */
export async function beginWait(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  requestId: string,
  taskToken: string,
): Promise<ApprovalRequest> {
  let stored: TokenResult;
  let request: ApprovalRequest | undefined;
  try {
    stored = await ledger.storeTaskToken(requestId, taskToken);
    request = await ledger.read(requestId);
  } catch (cause) {
    throw new NotDeliveredError('The ledger did not take the wait for a decision.', cause);
  }
  if (stored.status !== 'stored' || request === undefined) throw new AlreadyDecidedError(requestId);
  return request;
}
