import { WebClient } from '@slack/web-api';
import type { Message } from '../blocks/types.ts';
import { toProfile } from './profile.ts';
import { createQuietLogger, type WarningSink } from './quiet-logger.ts';
import type { SlackApi } from './slack-api.ts';
import { SlackCallError, toSlackCallError } from './slack-error.ts';

/** Where the bot token comes from: as last read, and read again. */
interface TokenSource {
  current(): Promise<string | undefined>;
  /** Reads the secret again, at most once a minute. */
  refreshed(): Promise<string | undefined>;
}

interface WebClientOptions {
  token: TokenSource;
  /** Slack's, or the sandbox's. */
  apiUrl: string;
  /** For one call, milliseconds. */
  timeoutMs: number;
  log: WarningSink;
}

/**
 * Slack's Web API over `@slack/web-api`, which by default never times out, sleeps through 429s and retries for half
 * an hour: here it fails at once, and whoever calls decides about waiting. A call that is refused for its token is
 * made once more when the secret holds a new one, so that rotating the token needs no deployment.
 */
export function createSlackApi(options: WebClientOptions): SlackApi {
  const call = createCaller(options);
  return {
    post: async (channel, message) => {
      const answer = await call('chat.postMessage', { channel, ...content(message) });
      return { channel: answer.channel as string, ts: answer.ts as string };
    },
    reply: async (to, message, { broadcast = false } = {}) => {
      const thread = { channel: to.channel, thread_ts: to.ts, reply_broadcast: broadcast };
      const answer = await call('chat.postMessage', { ...thread, ...content(message) });
      return { channel: answer.channel as string, ts: answer.ts as string };
    },
    update: async (ref, message) => {
      await call('chat.update', { channel: ref.channel, ts: ref.ts, ...content(message) });
    },
    whisper: async (channel, user, message) => {
      await call('chat.postEphemeral', { channel, user, ...content(message) });
    },
    openView: async (triggerId, view) => {
      await call('views.open', { trigger_id: triggerId, view });
    },
    pushView: async (triggerId, view) => {
      await call('views.push', { trigger_id: triggerId, view });
    },
    updateView: async (viewId, view) => {
      await call('views.update', { view_id: viewId, view });
    },
    publishHome: async (user, view) => {
      await call('views.publish', { user_id: user, view });
    },
    permalink: async ({ channel, ts }) => {
      const answer = await call('chat.getPermalink', { channel, message_ts: ts });
      return String(answer.permalink);
    },
    findByEmail: async (email) => {
      try {
        const answer = await call('users.lookupByEmail', { email });
        return understood('users.lookupByEmail', () => toProfile(answer.user));
      } catch (error) {
        if (error instanceof SlackCallError && error.code === 'users_not_found') return undefined;
        throw error;
      }
    },
    profile: async (user) => {
      const answer = await call('users.info', { user });
      return understood('users.info', () => toProfile(answer.user));
    },
    groupMembers: async (usergroup) => {
      const answer = await call('usergroups.users.list', { usergroup });
      return understood('usergroups.users.list', () => (answer.users as string[]).map(String));
    },
    identity: async () => {
      const answer = await call('auth.test', {});
      return {
        teamId: String(answer.team_id),
        teamName: String(answer.team),
        botName: String(answer.user),
        scopes: answer.response_metadata?.scopes ?? [],
      };
    },
  };
}

/** `link_names` and unfurling off: nothing in a message may become a mention or be fetched. */
function content(message: Message): Record<string, unknown> {
  return { ...message, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
}

function understood<T>(method: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new SlackCallError(method, 'unreachable', 'an answer that cannot be understood', cause);
  }
}

type Answer = Record<string, unknown> & { response_metadata?: { scopes?: string[] } };
type Caller = (method: string, options: Record<string, unknown>) => Promise<Answer>;

function createCaller({ token, apiUrl, timeoutMs, log }: WebClientOptions): Caller {
  const client = new WebClient(undefined, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createQuietLogger(log),
  });
  const attempt = async (method: string, options: Record<string, unknown>, bearer: string | undefined) => {
    if (!bearer) throw new SlackCallError(method, 'unauthorized', 'no bot token is stored yet');
    try {
      return (await client.apiCall(method, { ...options, token: bearer })) as unknown as Answer;
    } catch (thrown) {
      throw toSlackCallError(method, thrown);
    }
  };
  return async (method, options) => {
    const bearer = await token.current();
    try {
      return await attempt(method, options, bearer);
    } catch (error) {
      if (!(error instanceof SlackCallError) || error.failure !== 'unauthorized') throw error;
      const renewed = await token.refreshed();
      if (!renewed || renewed === bearer) throw error;
      return attempt(method, options, renewed);
    }
  };
}
