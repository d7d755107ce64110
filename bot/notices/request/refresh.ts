import type { NotifyDeps } from '../../delivery/deps.ts';
import { requestPost } from './post.ts';

/**
 * Writes the message of a request that waits anew, so that what it says of time is true. Best effort. Reads the
 * request once more, because a decision that was just made has taken the buttons away.
 */
export async function refreshRequest(deps: NotifyDeps, requestId: string): Promise<void> {
  try {
    const request = await deps.ledger.read(requestId);
    if (request?.status !== 'pending' || request.slack === undefined) return;
    await deps.slack.update(request.slack, requestPost(deps, request));
  } catch (error) {
    deps.log.warn('The message of a request could not be brought up to date.', { error, requestId });
  }
}
