import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { inTime } from '../../../workflow/runtime/in-time.ts';
import type { BotDeps } from '../deps.ts';
import { type DescribedDetails, type DescribedEarlier, describeEarlier } from './describe-details.ts';

/** Requests read for each list; a few are shown, the others counted. */
const LIMIT = 21;

/** Other requests for the same policy and by the same requester; a list that does not come in time is `unknown`. */
export async function readEarlier(
  { ledger, limits, log }: Pick<BotDeps, 'ledger' | 'limits' | 'log'>,
  { id, change }: ApprovalRequest,
): Promise<Pick<DescribedDetails, 'samePolicy' | 'sameRequester'>> {
  const list = async (requests: Promise<ApprovalRequest[]>): Promise<DescribedEarlier> => {
    const read = await bestEffort(log.warn, 'Earlier requests could not be read', { requestId: id }, () =>
      inTime(requests, limits.earlierMs),
    );
    return read === undefined ? 'unknown' : describeEarlier(read, id, LIMIT);
  };
  const [samePolicy, sameRequester] = await Promise.all([
    list(ledger.listByTarget(targetKey(change.accountId, change.target), LIMIT)),
    list(ledger.listByRequester(requesterKey(change.requester), LIMIT)),
  ]);
  return { samePolicy, sameRequester };
}
