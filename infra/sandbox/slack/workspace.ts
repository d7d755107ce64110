import type { UserGroupState } from '../api/contract.ts';
import { type Blocks, withBlockIds } from './block-ids.ts';
import { DirectMessages } from './direct-messages.ts';
import { PEOPLE, type Person, USER_GROUPS } from './people.ts';
import type { Team } from './team.ts';
import { type View, Views } from './views.ts';

export interface Message {
  channel: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: Blocks;
  edited: boolean;
  broadcast: boolean;
  ephemeralFor: string | null;
}

export interface WorkspaceSettings {
  teamId: string;
  channelId: string;
  /** Slack's clock; this machine's unless given. */
  now?: (() => Date) | undefined;
}

/** The app, as Slack knows it. */
export const APP = { id: 'A0POLICYG', botUserId: 'U0POLICYG', botId: 'B0POLICYG', botName: 'policy_guard' };

/** Everything that Slack remembers: one workspace, one channel, its people, messages, direct messages and views. */
export class Workspace {
  readonly team: Team;
  readonly channel: { id: string; name: string };
  readonly people: readonly Person[] = PEOPLE;
  readonly groups: readonly UserGroupState[] = USER_GROUPS;
  readonly messages: Message[] = [];
  readonly directMessages = new DirectMessages();
  readonly views: Views;
  up = true;
  /** False while only lookups of people and groups fail. */
  lookups = true;
  botInChannel = true;
  readonly #earlierBlocks = new WeakMap<Message | View, Blocks>();
  readonly #changed: () => void;
  readonly #now: () => Date;
  #lastTs = 0;

  constructor(settings: WorkspaceSettings, changed: () => void) {
    this.team = { id: settings.teamId, name: 'Sandbox', domain: 'policy-guard-sandbox' };
    this.channel = { id: settings.channelId, name: 'security' };
    this.#changed = changed;
    this.#now = settings.now ?? (() => new Date());
    this.views = new Views(changed, (view) => this.#remember(view, view.view.blocks as Blocks));
  }

  /** Whoever can be met in the sandbox, also somebody of another workspace. */
  person(id: string): Person | undefined {
    return this.people.find((each) => each.id === id);
  }

  /** Whom the app knows: nobody of another workspace, unless they share a channel. */
  visiblePerson(id: string): Person | undefined {
    const person = this.person(id);
    return person?.kind === 'other-workspace' ? undefined : person;
  }

  /** The workspace somebody belongs to. */
  teamOf(person: Person): Team {
    return person.team ?? this.team;
  }

  /** The workspace in which somebody acts: external members of a shared channel act in this one. */
  teamActedIn(person: Person): Team {
    return person.kind === 'other-workspace' ? this.teamOf(person) : this.team;
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.find((each) => each.channel === channel && each.ts === ts);
  }

  /** Others see neither direct messages nor what was said to one person alone. */
  isSeenBy({ channel, ephemeralFor }: Message, { id }: Person): boolean {
    const only = this.directMessages.personIn(channel) ?? ephemeralFor ?? id;
    return only === id;
  }

  add(message: Pick<Message, 'text' | 'blocks'> & Partial<Message>): Message {
    const added = {
      channel: this.channel.id,
      ts: this.#nextTs(),
      threadTs: null,
      edited: false,
      broadcast: false,
      ephemeralFor: null,
      ...message,
      blocks: withBlockIds(message.blocks),
    };
    this.messages.push(added);
    this.#changed();
    return added;
  }

  edit(message: Message, { text, blocks }: Pick<Message, 'text' | 'blocks'>): void {
    this.#remember(message, message.blocks);
    Object.assign(message, { text, blocks: withBlockIds(blocks), edited: true });
    this.#changed();
  }

  /** What somebody may see and click: the message or view as it is, or as it was on a screen that lags behind. */
  blocksOnScreens(shown: Message | View): Blocks {
    const now = 'view' in shown ? (shown.view.blocks as Blocks) : shown.blocks;
    return [...now, ...(this.#earlierBlocks.get(shown) ?? [])];
  }

  /** Somebody deletes it. */
  remove(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.#changed();
  }

  #remember(shown: Message | View, blocks: Blocks): void {
    this.#earlierBlocks.set(shown, [...blocks, ...(this.#earlierBlocks.get(shown) ?? [])]);
  }

  /** Microseconds since 1970, never twice the same: that is how Slack names a message in a channel. */
  #nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, this.#now().getTime() * 1000);
    return `${Math.floor(this.#lastTs / 1_000_000)}.${String(this.#lastTs % 1_000_000).padStart(6, '0')}`;
  }
}
