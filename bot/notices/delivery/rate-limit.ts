import { setTimeout as sleep } from 'node:timers/promises';
import { type Patience, waitOut } from '../../../workflow/runtime/wait-out.ts';
import { isRateLimited } from '../../media/slack/api/slack-error.ts';

/**
 * Waits for Slack's rate limit in the function itself: for what the state machine can't try again, because a part of
 * it has been told already. The function's time allows for a few tries.
 *
 * @throws what the last try has thrown
 */
export function waitOutRateLimit<T>({ pause }: Pick<Patience, 'pause'>, call: () => Promise<T>): Promise<T> {
  return waitOut({ pause, pauseMs: 1_200, tries: 4, isRateLimited }, call);
}

/** When a click has time for another try. Milliseconds. */
export interface OnceMoreLimits {
  /** The latest that the first try may fail, from when work on the click began. */
  latestMs: number;
  /** Between the tries. */
  pauseMs: number;
}

interface OnceMoreDeps {
  now: () => Date;
  limits: { onceMore: OnceMoreLimits };
}

/**
 * Tells Slack something, and once more after a pause where its rate limit was hit and the click has time for it.
 *
 * @param begun when work on the click began
 * @throws what the last try has thrown
 */
export function onceMore<T>({ now, limits }: OnceMoreDeps, begun: Date, call: () => Promise<T>): Promise<T> {
  const { latestMs, pauseMs } = limits.onceMore;
  const mayWait = () => now().getTime() - begun.getTime() < latestMs;
  return waitOut({ pause: sleep, pauseMs, tries: 2, isRateLimited, mayWait }, call);
}
