import { checkReachable } from '../direct-messages.ts';
import type { PostingLimit } from '../rate-limit.ts';
import { SlackError } from '../slack-error.ts';
import { APP, type Message, type Workspace } from '../workspace.ts';
import { messageContent } from './message-content.ts';
import {
  type Arguments,
  checkChannel,
  flag,
  type Methods,
  optionalText,
  ownMessage,
  text,
} from './method.ts';

const scopes = ['chat:write'];

export function chatMethods(workspace: Workspace, limit: PostingLimit): Methods {
  return {
    'chat.postMessage': {
      scopes,
      run({ arguments: args }) {
        const channel = postingChannel(workspace, args);
        const threadTs = optionalText(args, 'thread_ts') ?? null;
        if (threadTs !== null && workspace.message(channel, threadTs) === undefined) {
          throw new SlackError('thread_not_found');
        }
        const content = messageContent(args);
        limit.take(channel);
        const broadcast = threadTs !== null && flag(args, 'reply_broadcast');
        const message = workspace.add({ ...content, channel, threadTs, broadcast });
        return { channel, ts: message.ts, message: wireMessage(workspace, message) };
      },
    },
    'chat.update': {
      scopes,
      run({ arguments: args }) {
        const channel = checkChannel(workspace, args);
        const message = ownMessage(workspace, channel, text(args, 'ts'));
        workspace.edit(message, messageContent(args));
        return { channel, ts: message.ts, text: message.text, message: wireMessage(workspace, message) };
      },
    },
    'chat.postEphemeral': {
      scopes,
      run({ arguments: args }) {
        const channel = checkChannel(workspace, args);
        const user = text(args, 'user');
        if (!isIn(workspace, channel, user)) throw new SlackError('user_not_in_channel');
        const threadTs = optionalText(args, 'thread_ts') ?? null;
        const message = workspace.add({ ...messageContent(args), channel, threadTs, ephemeralFor: user });
        return { message_ts: message.ts };
      },
    },
    'chat.getPermalink': {
      scopes: [],
      run({ arguments: args }) {
        const channel = checkChannel(workspace, args);
        const { ts } = ownMessage(workspace, channel, text(args, 'message_ts'));
        const address = `https://${workspace.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
        return { channel, permalink: address };
      },
    },
  };
}

/** Somebody's id stands for the direct messages with them. */
function postingChannel(workspace: Workspace, args: Arguments): string {
  const channel = text(args, 'channel');
  if (!/^[UW]/.test(channel)) return checkChannel(workspace, args);
  return workspace.directMessages.open(checkReachable(workspace.visiblePerson(channel)));
}

function isIn(workspace: Workspace, channel: string, user: string): boolean {
  if (channel !== workspace.channel.id) return workspace.directMessages.personIn(channel) === user;
  const person = workspace.visiblePerson(user);
  return person !== undefined && person.kind !== 'deactivated';
}

/** A message as Slack hands it to apps. */
export function wireMessage(workspace: Workspace, message: Message): Record<string, unknown> {
  return {
    type: 'message',
    user: APP.botUserId,
    bot_id: APP.botId,
    app_id: APP.id,
    team: workspace.team.id,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.edited ? { edited: { user: APP.botUserId, ts: message.ts } } : {}),
  };
}
