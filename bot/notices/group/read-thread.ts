import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';

/** Each takes a read of its own. */
const OF_REQUESTER = 100;

/** Of anybody; all in one query. */
const PENDING = 300;

/** The requests of one group, as far as they were read. */
interface ThreadRequests {
  /** Newest first. */
  requests: ApprovalRequest[];
  /** Whether others may wait beside these. */
  moreWait: boolean;
  /** Whether others may have ended beside these. */
  moreEnded: boolean;
}

/**
 * The requests that stand in one thread. Behind many newer ones of their requester those that wait are still found,
 * in the list of all that wait.
 *
 * @param request one of the requester's, as it is known to be now
 * @param threadTs the message at the top
 * @throws LedgerUnavailableError
 */
export async function readThread(
  ledger: Pick<Ledger, 'list' | 'listByRequester'>,
  request: ApprovalRequest,
  threadTs: string,
): Promise<ThreadRequests> {
  const newest = await ledger.listByRequester(requesterKey(request.change.requester), OF_REQUESTER);
  const inThread = ({ slack }: ApprovalRequest) => slack?.threadTs === threadTs;
  if (newest.length < OF_REQUESTER) {
    return { requests: newest.filter(inThread), moreWait: false, moreEnded: false };
  }
  const pending = await ledger.list('pending', PENDING);
  const found = [...newest, request, ...pending].filter(inThread);
  return {
    // The list of what waits may lag behind: of two that are the same request the first counts.
    requests: found.filter(({ id }, index) => found.findIndex((each) => each.id === id) === index),
    moreWait: pending.length >= PENDING,
    moreEnded: true,
  };
}
