import { checkReachable } from '../direct-messages.ts';
import { invalid, SlackError } from '../slack-error.ts';
import type { Installation } from '../tokens.ts';
import type { Message, Workspace } from '../workspace.ts';

/** The arguments of a call; JSON values are parsed already. */
export type Arguments = Readonly<Record<string, unknown>>;

interface Call {
  arguments: Arguments;
  /** Whose token it is; of no use in methods that need none. */
  installation: Installation;
  token: string;
}

interface Method {
  /** The scopes a token must have. */
  scopes: readonly string[];
  /** True for the methods that are called with the app's credentials in place of a token. */
  withoutToken?: boolean;
  /** @returns the answer without `ok` @throws SlackError, SlackRateLimit */
  run(call: Call): object;
}

export type Methods = Readonly<Record<string, Method>>;

/** @throws SlackError invalid_arguments when it is missing or no text */
export function text(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
}

export function optionalText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Forms say `true`, JSON says true. */
export function flag(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true';
}

/** The channel, or one of direct messages. @throws SlackError channel_not_found, not_in_channel or cannot_dm_bot */
export function checkChannel(workspace: Workspace, args: Arguments): string {
  const channel = text(args, 'channel');
  const person = workspace.directMessages.personIn(channel);
  if (person !== undefined) {
    checkReachable(workspace.visiblePerson(person));
    return channel;
  }
  if (channel !== workspace.channel.id) throw new SlackError('channel_not_found');
  if (!workspace.botInChannel) throw new SlackError('not_in_channel');
  return channel;
}

/** @throws SlackError message_not_found or cant_update_message */
export function ownMessage(workspace: Workspace, channel: string, ts: string): Message {
  const message = workspace.message(channel, ts);
  if (message === undefined) throw new SlackError('message_not_found');
  if (message.ephemeralFor !== null) throw new SlackError('cant_update_message');
  return message;
}
