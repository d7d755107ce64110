import { WebClient } from '@slack/web-api';
import * as z from '../../../workflow/runtime/zod.ts';
import { createQuietLogger, type WarningSink } from '../../media/slack/api/quiet-logger.ts';
import { toSlackCallError } from '../../media/slack/api/slack-error.ts';

/** The part of the answer of `oauth.v2.access` that is kept or checked. */
const accessSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  scope: z._default(z.string(), ''),
  team: z.nullish(z.object({ id: z.string(), name: z.optional(z.string()) })),
  is_enterprise_install: z._default(z.boolean(), false),
});

export interface Installation {
  botToken: string;
  scopes: string[];
  /** Missing when the app was installed to a whole organisation. */
  teamId: string | undefined;
  teamName: string;
}

export interface SlackOAuth {
  /** @throws SlackCallError */
  exchange(
    code: string,
    app: { clientId: string; clientSecret: string; redirectUri: string },
  ): Promise<Installation>;
  /** Gives a token back that nobody may use. @throws SlackCallError */
  revoke(token: string): Promise<void>;
}

/**
 * Slack's side of an installation; fails at once instead of retrying, because a person is waiting.
 *
 * @param timeoutMs for one call, in milliseconds
 */
export function createSlackOAuth(apiUrl: string, timeoutMs: number, log: WarningSink): SlackOAuth {
  const client = new WebClient(undefined, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createQuietLogger(log),
  });
  const call = async (method: string, options: Record<string, unknown>) => {
    try {
      return await client.apiCall(method, options);
    } catch (thrown) {
      throw toSlackCallError(method, thrown);
    }
  };
  return {
    async exchange(code, { clientId, clientSecret, redirectUri }) {
      const answer = await call('oauth.v2.access', {
        ...{ code, client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri },
      });
      const { access_token, scope, team, is_enterprise_install } = accessSchema.parse(answer);
      return {
        botToken: access_token,
        scopes: scope.split(',').filter(Boolean),
        teamId: is_enterprise_install ? undefined : team?.id,
        teamName: team?.name ?? 'a whole organisation',
      };
    },
    async revoke(token) {
      await call('auth.revoke', { token });
    },
  };
}
