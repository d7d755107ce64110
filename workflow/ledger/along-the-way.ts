import type { ApprovalRequest } from './request.ts';

type Status = ApprovalRequest['status'];

/** In the order in which a request goes through them. */
export const STATUSES: readonly Status[] = ['pending', 'decided', 'closed'];

/**
 * Lists requests of several statuses, one status after another along their way: what moves on meanwhile is found twice,
 * and counts as it was found last. Listed all at once, it could be missing from each. What `reopen` takes back just
 * then may be missed.
 *
 * @param list one status, as the ledger has it now; what it throws comes through
 */
export async function listAlong<T>(
  statuses: readonly Status[],
  list: (status: Status) => Promise<readonly T[]>,
  idOf: (found: T) => string,
): Promise<T[]> {
  const found = new Map<string, T>();
  for (const status of STATUSES.filter((each) => statuses.includes(each))) {
    for (const each of await list(status)) found.set(idOf(each), each);
  }
  return [...found.values()];
}
