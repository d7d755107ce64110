import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { requesterKey } from '../ledger/requester-key.ts';

/** Each takes a read of its own, and of one who has asked so often the number tells no more. */
const MOST = 10;

/** How long an earlier request says something of a person. */
const DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * What the requester's earlier requests of the last 90 days came to. Only a help for whoever decides: nothing when the
 * ledger does not tell.
 */
export async function countEarlier(
  ledger: Pick<Ledger, 'listByRequester'>,
  { id, change, createdAt }: ApprovalRequest,
): Promise<Pick<ApprovalRequest, 'earlier'>> {
  try {
    const found = await ledger.listByRequester(requesterKey(change.requester), MOST);
    const since = Date.parse(createdAt) - DAYS * DAY_MS;
    const others = found.filter((each) => each.id !== id && Date.parse(each.createdAt) >= since);
    const ended = (outcome: 'approved' | 'denied') =>
      others.filter(({ decision }) => decision?.decision === outcome).length;
    return {
      earlier: {
        requests: others.length,
        approved: ended('approved'),
        denied: ended('denied'),
        orMore: found.length >= MOST,
      },
    };
  } catch {
    return {}; // Recording the request is what matters here, and says itself when the ledger is away.
  }
}
