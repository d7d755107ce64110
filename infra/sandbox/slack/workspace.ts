import { randomBytes } from 'node:crypto';
import { PEOPLE, type Person } from './people.ts';

export type Blocks = Record<string, unknown>[];

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

export interface View {
  id: string;
  user: string;
  hash: string;
  view: Record<string, unknown>;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
}

export interface WorkspaceSettings {
  teamId: string;
  channelId: string;
}

/** The app, as Slack knows it. */
export const APP = { id: 'A0POLICYG', botUserId: 'U0POLICYG', botId: 'B0POLICYG', botName: 'policy_guard' };

/** The user group of all approvers, for an approver list that names one. */
export const USER_GROUP = { id: 'S0SECURIT', handle: 'security' };

/** Everything that Slack remembers: one workspace, one channel, its people, messages and open modals. */
export class Workspace {
  readonly team: Team;
  readonly channel: { id: string; name: string };
  readonly people: readonly Person[] = PEOPLE;
  readonly messages: Message[] = [];
  readonly views = new Map<string, View>();
  up = true;
  botInChannel = true;
  readonly #earlierBlocks = new WeakMap<Message, Blocks>();
  readonly #changed: () => void;
  #lastTs = 0;

  constructor(settings: WorkspaceSettings, changed: () => void) {
    this.team = { id: settings.teamId, name: 'Sandbox', domain: 'policy-guard-sandbox' };
    this.channel = { id: settings.channelId, name: 'security' };
    this.#changed = changed;
  }

  person(id: string): Person | undefined {
    return this.people.find((each) => each.id === id);
  }

  groupMembers(groupId: string): string[] | undefined {
    if (groupId !== USER_GROUP.id) return undefined;
    return this.people.filter((each) => !each.guest).map((each) => each.id);
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.find((each) => each.channel === channel && each.ts === ts);
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
    this.#earlierBlocks.set(message, [...message.blocks, ...(this.#earlierBlocks.get(message) ?? [])]);
    Object.assign(message, { text, blocks: withBlockIds(blocks), edited: true });
    this.#changed();
  }

  /** What somebody may see and click: the message as it is, or as it was on a screen that lags behind. */
  blocksOnScreens(message: Message): Blocks {
    return [...message.blocks, ...(this.#earlierBlocks.get(message) ?? [])];
  }

  remove(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.#changed();
  }

  openView(user: string, view: Record<string, unknown>): View {
    const opened = { id: slackId('V'), user, hash: randomBytes(8).toString('hex'), view: viewWithIds(view) };
    this.views.set(opened.id, opened);
    this.#changed();
    return opened;
  }

  updateView(view: View, content: Record<string, unknown>): void {
    Object.assign(view, { view: viewWithIds(content), hash: randomBytes(8).toString('hex') });
    this.#changed();
  }

  closeView(view: View): void {
    this.views.delete(view.id);
    this.#changed();
  }

  /** Microseconds since 1970, never twice the same: that is how Slack names a message in a channel. */
  #nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Date.now() * 1000);
    return `${Math.floor(this.#lastTs / 1_000_000)}.${String(this.#lastTs % 1_000_000).padStart(6, '0')}`;
  }
}

export function slackId(prefix: string): string {
  return `${prefix}0${randomBytes(5).toString('hex').toUpperCase()}`;
}

/** Slack makes up the `block_id`s and `action_id`s that an app leaves out. */
function withBlockIds(blocks: Blocks): Blocks {
  return blocks.map((block) => ({
    block_id: randomBytes(3).toString('base64url'),
    ...block,
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(withActionId) } : {}),
    ...(isInteractive(block.element) ? { element: withActionId(block.element) } : {}),
    ...(isInteractive(block.accessory) ? { accessory: withActionId(block.accessory) } : {}),
  }));
}

function viewWithIds(view: Record<string, unknown>): Record<string, unknown> {
  return { ...view, blocks: withBlockIds((view.blocks as Blocks | undefined) ?? []) };
}

function withActionId(element: Record<string, unknown>): Record<string, unknown> {
  return isInteractive(element) ? { action_id: randomBytes(3).toString('base64url'), ...element } : element;
}

function isInteractive(element: unknown): element is Record<string, unknown> {
  const type = (element as { type?: unknown } | undefined)?.type;
  return typeof type === 'string' && !['mrkdwn', 'plain_text', 'image'].includes(type);
}
