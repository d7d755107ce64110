import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { BotDeps } from './deps.ts';

/** The newest requests that somebody or something has decided. @returns in no order, up to twice as many */
export async function readPast(
  { ledger }: Pick<BotDeps, 'ledger'>,
  limit: number,
): Promise<ApprovalRequest[]> {
  const lists = await Promise.all([ledger.list('closed', limit), ledger.list('decided', limit)]);
  return lists.flat();
}
