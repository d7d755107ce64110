import { setTimeout as pause } from 'node:timers/promises';
import type { BotDeps } from '../app/deps.ts';
import { isRateLimited } from '../slack/api/slack-error.ts';

/** Slack takes one message a second a channel. */
const PAUSE_MS = 1_100;

/** With the pause and another call the click is still answered within Slack's 3 s. */
const LATEST_MS = 1_200;

/**
 * Tells Slack something, and once more after a pause where its rate limit was hit and the click has time for it.
 *
 * @param begun when work on the click began
 * @throws what the last try has thrown
 */
export async function onceMore<T>(
  { now }: Pick<BotDeps, 'now'>,
  begun: Date,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isRateLimited(error) || now().getTime() - begun.getTime() >= LATEST_MS) throw error;
    await pause(PAUSE_MS);
    return call();
  }
}
