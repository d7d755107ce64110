import type { FunctionDescription } from '../../workflow/functions/description.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import { SECRET_TRY_MS } from '../../workflow/runtime/secrets/secret-reader.ts';
import { createSlackSecretReader } from '../../workflow/runtime/secrets/slack-secret.ts';
import { type Environment, readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import { readPageRequest } from '../pages/http-request.ts';
import { answerInstall, type InstallDeps } from '../pages/install/answer.ts';
import { createSlackOAuth } from '../pages/install/exchange-code.ts';
import { createTokenStore } from '../pages/install/merge-secret.ts';
import * as pages from '../pages/install/pages.ts';
import type { PageResponse } from '../pages/page.ts';

/** How long it waits for whom, in milliseconds; together well within the function's own time. */
const LIMITS = { slackMs: 5_000, secretTryMs: SECRET_TRY_MS };

/**
 * The `install` function: installs the Slack app to the configured workspace (OAuth v2).
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for others
 * @returns an HTTP API handler, payload format 2.0
 * @throws SettingsError naming every bad key
 */
export function createInstallHandler(environment: Environment, aws: AwsClientConfig, limits = LIMITS) {
  const settings = readFunctionSettings(environment, 'install');
  const log = createLogger('install', settings.LOG_LEVEL);
  const deps: InstallDeps = {
    teamId: settings.SLACK_TEAM_ID,
    publicUrl: settings.PUBLIC_URL,
    authorizeUrl: new URL('../oauth/v2/authorize', settings.SLACK_API_URL).href,
    slackSecret: createSlackSecretReader(settings.SLACK_SECRET_ARN, aws, limits.secretTryMs),
    linkSecret: createLinkSecretReader(settings.LINK_SECRET_ARN, aws, limits.secretTryMs),
    oauth: createSlackOAuth(settings.SLACK_API_URL, limits.slackMs, log),
    storeToken: createTokenStore(settings.SLACK_SECRET_ARN, aws),
    log,
  };
  return async (event: unknown): Promise<PageResponse> => {
    const request = readPageRequest(event);
    if (request === undefined || request.method !== 'GET') return pages.methodPage();
    try {
      return await answerInstall(request, deps);
    } catch (error) {
      log.error('An installation failed', { error });
      return pages.failedPage('Something this needs did not answer.');
    }
  };
}

/** Keeps the bot token that Slack hands out. Knows nothing of requests. */
export const installFunction: FunctionDescription = {
  name: 'install',
  about: 'Policy Guard: installs the Slack app to its workspace',
  source: 'bot/functions/install.ts',
  timeout: 15,
  memory: 512,
  concurrency: 5,
  routes: [
    { path: '/slack/install', methods: ['GET'] },
    { path: '/slack/oauth_redirect', methods: ['GET'] },
  ],
  permissions: [
    {
      sid: 'ReadSecrets',
      actions: ['secretsmanager:GetSecretValue'],
      resources: ['{slackSecret}', '{linkSecret}'],
    },
    { sid: 'KeepToken', actions: ['secretsmanager:PutSecretValue'], resources: ['{slackSecret}'] },
  ],
  create: createInstallHandler,
};
