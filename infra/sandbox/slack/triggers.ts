import { randomBytes } from 'node:crypto';
import { SlackError } from './slack-error.ts';

interface TriggeredBy {
  user: string;
  /** The view in which the person clicked; null for a message or a command. */
  viewId: string | null;
}

/** `trigger_id`s: what lets an app open a modal for the person who just clicked. */
export class Triggers {
  readonly #lifetimeMs: number;
  readonly #triggers = new Map<string, TriggeredBy & { at: number; used: boolean }>();

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  create(user: string, viewId: string | null = null, now = Date.now()): string {
    const id = `${now}.${randomBytes(6).readUIntBE(0, 6)}.${randomBytes(16).toString('hex')}`;
    this.#triggers.set(id, { user, viewId, at: now, used: false });
    return id;
  }

  /** @throws SlackError when it is unknown, used or too old */
  exchange(id: unknown, now = Date.now()): TriggeredBy {
    const trigger = this.#triggers.get(String(id));
    if (trigger === undefined) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (now - trigger.at > this.#lifetimeMs) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
