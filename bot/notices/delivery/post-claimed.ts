import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { NotifyDeps } from './deps.ts';

/** A message that many executions share, and that this one has claimed; see `Ledger.claimGroup`. */
interface ClaimedMessage {
  key: string;
  claim: string;
  /** For the log. */
  requestId: string;
  post: () => Promise<SlackMessageRef>;
}

/**
 * Posts it, and stores where it stands for the others; one that can't be posted may be posted by the next.
 *
 * @throws what `post` throws
 */
export async function postClaimed(
  deps: Pick<NotifyDeps, 'ledger' | 'log'>,
  { key, claim, requestId, post }: ClaimedMessage,
): Promise<SlackMessageRef> {
  const { ledger, log } = deps;
  // A claim that nobody completes is taken over by the next request after a while.
  let posted: SlackMessageRef;
  try {
    posted = await post();
  } catch (error) {
    await bestEffort(log.warn, 'What has become of a group could not be stored.', { requestId }, () =>
      ledger.releaseGroup(key, claim),
    );
    throw error;
  }
  await bestEffort(log.warn, 'What has become of a group could not be stored.', { requestId }, () =>
    ledger.storeGroupMessage(key, claim, posted),
  );
  return posted;
}
