import type { Person } from './people.ts';
import { SlackError } from './slack-error.ts';
import { slackId } from './slack-id.ts';

/** The channels in which the bot and one person are alone: made when first needed, once for each person. */
export class DirectMessages {
  readonly #channels = new Map<string, string>();

  /** @returns the channel's id */
  open(person: Person): string {
    const channel = this.#channels.get(person.id) ?? slackId('D');
    this.#channels.set(person.id, channel);
    return channel;
  }

  /** @returns the person's id; undefined when there is no such channel */
  personIn(channel: string): string | undefined {
    return [...this.#channels].find(([, each]) => each === channel)?.[0];
  }

  /** Person → channel. */
  all(): [person: string, channel: string][] {
    return [...this.#channels];
  }
}

/** @throws SlackError channel_not_found or cannot_dm_bot for those whom an app cannot write to */
export function checkReachable(person: Person | undefined): Person {
  if (person === undefined || person.kind === 'deactivated') throw new SlackError('channel_not_found');
  if (person.kind === 'bot') throw new SlackError('cannot_dm_bot');
  return person;
}
