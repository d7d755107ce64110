import type { SlackMessageRef } from '../../../../workflow/ledger/request.ts';
import type { HomeView, Message, ModalView } from '../blocks/types.ts';

/** What the bot needs to know of a person; straight from `users.info`. */
export interface SlackProfile {
  id: string;
  teamId?: string;
  /** Workspaces of the same Enterprise organisation that the person belongs to. */
  teamIds: readonly string[];
  /** The handle. */
  name?: string;
  realName?: string;
  displayName?: string;
  /** Missing without the scope `users:read.email`. */
  email?: string;
  deleted: boolean;
  bot: boolean;
  /** Single-channel or multi-channel guest. */
  guest: boolean;
  /** Somebody from another organisation. */
  stranger: boolean;
}

export interface Identity {
  teamId: string;
  teamName: string;
  botName: string;
  scopes: readonly string[];
}

/** Slack's Web API, as the bot uses it. Every method throws SlackCallError. */
export interface SlackApi {
  /** @param channel a channel's id, or a person's for a direct message */
  post(channel: string, message: Message): Promise<SlackMessageRef>;
  /** Replies in the thread; `broadcast` shows the reply in the channel too. */
  reply(to: SlackMessageRef, message: Message, options?: { broadcast?: boolean }): Promise<SlackMessageRef>;
  update(ref: SlackMessageRef, message: Message): Promise<void>;
  /** Only the person sees it. */
  whisper(channel: string, userId: string, message: Message): Promise<void>;
  openView(triggerId: string, view: ModalView): Promise<void>;
  /** Opens a modal above the one that is open. */
  pushView(triggerId: string, view: ModalView): Promise<void>;
  updateView(viewId: string, view: ModalView): Promise<void>;
  /** What a person sees on the app's Home. */
  publishHome(userId: string, view: HomeView): Promise<void>;
  /** Address of a message. */
  permalink(ref: SlackMessageRef): Promise<string>;
  profile(userId: string): Promise<SlackProfile>;
  /** @returns undefined when nobody has the address */
  findByEmail(email: string): Promise<SlackProfile | undefined>;
  /** @returns ids of the members of a user group */
  groupMembers(groupId: string): Promise<readonly string[]>;
  /** Who the token belongs to. */
  identity(): Promise<Identity>;
}

/** The message at the top of the thread in which replies to a message stand: of a group, not the message itself. */
export function threadOf({ channel, ts, threadTs }: SlackMessageRef): SlackMessageRef {
  return { channel, ts: threadTs ?? ts };
}

/** Whether it is somebody's own message; else one at the top of a thread shows it among others. */
export function isOwn({ ts, threadTs }: SlackMessageRef): boolean {
  return ts !== threadTs;
}

/** Where somebody stands who is shown among others, by a message that is nobody's own. */
export const amongOthers = (shared: SlackMessageRef): SlackMessageRef => ({ ...shared, threadTs: shared.ts });
