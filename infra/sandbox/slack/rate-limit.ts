import { SlackRateLimit } from './slack-error.ts';

/** "One message per second per channel" (docs.slack.dev, "Rate limits", posting messages). */
const INTERVAL_MS = 1000;

/** Allows a message in each channel, then none for the interval. */
export class PostingLimit {
  readonly #lastPost = new Map<string, number>();
  readonly #intervalMs: number;

  constructor(intervalMs = INTERVAL_MS) {
    this.#intervalMs = intervalMs;
  }

  /** @throws SlackRateLimit when the last message is too recent */
  take(channel: string, now = Date.now()): void {
    const wait = (this.#lastPost.get(channel) ?? 0) + this.#intervalMs - now;
    if (wait > 0) throw new SlackRateLimit(Math.ceil(wait / 1000));
    this.#lastPost.set(channel, now);
  }
}
