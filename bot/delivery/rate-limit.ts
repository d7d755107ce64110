import { isRateLimited } from '../slack/api/slack-error.ts';
import type { NotifyDeps } from './deps.ts';

/** Slack takes one message a second a channel; the function's time allows for a few tries. */
const TRIES = 4;
const PAUSE_MS = 1_200;

/**
 * Waits for Slack's rate limit in the function itself: for what the state machine can't try again, because a part of
 * it has been told already.
 *
 * @throws what the last try has thrown
 */
export async function patiently<T>({ pause }: Pick<NotifyDeps, 'pause'>, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!isRateLimited(error) || tries === TRIES) throw error;
      await pause(PAUSE_MS);
    }
  }
}
