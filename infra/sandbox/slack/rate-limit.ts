import { SlackRateLimit } from './slack-error.ts';

/** "One message per second per channel" (docs.slack.dev, "Rate limits", posting messages). */
const INTERVAL_MS = 1000;

/** Allows a message a second in each channel. */
export class PostingLimit {
  readonly #lastPost = new Map<string, number>();

  /** @throws SlackRateLimit when the last message is less than a second ago */
  take(channel: string, now = Date.now()): void {
    const wait = (this.#lastPost.get(channel) ?? 0) + INTERVAL_MS - now;
    if (wait > 0) throw new SlackRateLimit(Math.ceil(wait / 1000));
    this.#lastPost.set(channel, now);
  }
}
