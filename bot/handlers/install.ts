import type { FunctionDescription } from '../../workflow/functions/description.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import type { Log } from '../../workflow/runtime/logger.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import type { SecretReader } from '../../workflow/runtime/secrets/secret-reader.ts';
import type { SlackSecret } from '../../workflow/runtime/secrets/slack-secret.ts';
import { createSlackSecretReader } from '../../workflow/runtime/secrets/slack-secret.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import type { Installation, SlackOAuth } from '../install/exchange-code.ts';
import { createSlackOAuth } from '../install/exchange-code.ts';
import { createState, refuseState, STATE_COOKIE, STATE_SECONDS } from '../install/install-state.ts';
import * as pages from '../install/pages.ts';
import { PATH, publicAddress } from '../install/paths.ts';
import { createTokenStore } from '../install/store-token.ts';
import type { PageRequest } from '../pages/http-request.ts';
import { readPageRequest } from '../pages/http-request.ts';
import type { PageResponse } from '../pages/page.ts';
import { SCOPES } from '../slack/scopes.ts';

interface InstallDeps {
  teamId: string;
  publicUrl: string;
  /** Where Slack asks people; next to its Web API, so that GovSlack and the sandbox have their own. */
  authorizeUrl: string;
  slackSecret: SecretReader<SlackSecret>;
  linkSecret: SecretReader<{ linkSigningKey: string }>;
  oauth: SlackOAuth;
  storeToken: (botToken: string) => Promise<void>;
  log: Log;
}

/**
 * The `install` function: installs the Slack app to the configured workspace (OAuth v2).
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @returns an HTTP API handler, payload format 2.0
 * @throws SettingsError naming every bad key
 */
export function createInstallHandler(environment: Environment, aws: AwsClientConfig) {
  const settings = readFunctionSettings(environment, 'install');
  const log = createLogger('install', settings.LOG_LEVEL);
  const deps: InstallDeps = {
    teamId: settings.SLACK_TEAM_ID,
    publicUrl: settings.PUBLIC_URL,
    authorizeUrl: new URL('../oauth/v2/authorize', settings.SLACK_API_URL).href,
    slackSecret: createSlackSecretReader(settings.SLACK_SECRET_ARN, aws),
    linkSecret: createLinkSecretReader(settings.LINK_SECRET_ARN, aws),
    oauth: createSlackOAuth(settings.SLACK_API_URL, log),
    storeToken: createTokenStore(settings.SLACK_SECRET_ARN, aws),
    log,
  };
  return async (event: unknown): Promise<PageResponse> => {
    const request = readPageRequest(event);
    if (request === undefined || request.method !== 'GET') return pages.methodPage();
    try {
      return request.path.endsWith(PATH.redirect) ? await finish(request, deps) : await start(deps);
    } catch (error) {
      log.error('An installation failed', { error });
      return pages.failedPage('Something this needs did not answer.');
    }
  };
}

async function start(deps: InstallDeps): Promise<PageResponse> {
  const [{ clientId, clientSecret }, { linkSigningKey }] = await Promise.all([
    deps.slackSecret.refresh(),
    deps.linkSecret.read(),
  ]);
  if (!clientId || !clientSecret) return pages.notReadyPage(clientId ? 'clientSecret' : 'clientId');
  const { state, nonce } = createState(linkSigningKey, new Date());
  const query = new URLSearchParams({
    client_id: clientId,
    scope: SCOPES.join(','),
    redirect_uri: redirectUri(deps),
    state,
    team: deps.teamId,
  });
  return pages.startPage(`${deps.authorizeUrl}?${query}`, cookie(nonce, STATE_SECONDS, deps));
}

async function finish({ query, cookies }: PageRequest, deps: InstallDeps): Promise<PageResponse> {
  const { linkSigningKey } = await deps.linkSecret.read();
  const refused = refuseState(query.get('state'), cookies.get(STATE_COOKIE), linkSigningKey, new Date());
  if (refused !== undefined) {
    deps.log.warn(`An installation was refused: ${refused}`);
    return pages.badStatePage(refused);
  }
  const code = query.get('code');
  const answer = code === null ? pages.notAllowedPage(query.get('error')) : await install(code, deps);
  // Used up: a second redirect with the same state finds no cookie.
  return { ...answer, cookies: [cookie('', 0, deps)] };
}

async function install(code: string, deps: InstallDeps): Promise<PageResponse> {
  const { clientId, clientSecret } = await deps.slackSecret.read();
  if (!clientId || !clientSecret) return pages.notReadyPage(clientId ? 'clientSecret' : 'clientId');
  const app = { clientId, clientSecret, redirectUri: redirectUri(deps) };
  let installation: Installation;
  try {
    installation = await deps.oauth.exchange(code, app);
  } catch (error) {
    deps.log.error('Slack did not exchange the code of an installation', { error });
    return pages.failedPage('Slack did not accept the installation.');
  }
  if (installation.teamId !== deps.teamId) return refuseWorkspace(installation, deps);
  await deps.storeToken(installation.botToken);
  deps.log.info('The app was installed', { teamId: installation.teamId, scopes: installation.scopes });
  return pages.installedPage(installation.teamName);
}

async function refuseWorkspace(
  installation: Installation,
  { oauth, log }: InstallDeps,
): Promise<PageResponse> {
  log.warn('An installation to another workspace was refused', { teamId: installation.teamId });
  try {
    await oauth.revoke(installation.botToken);
  } catch (error) {
    log.error('The token of another workspace could not be handed back; it is stored nowhere', { error });
  }
  return pages.wrongWorkspacePage();
}

function redirectUri({ publicUrl }: InstallDeps): string {
  return publicAddress(publicUrl, PATH.redirect);
}

/** Lax, because the browser comes back from Slack by a link. */
function cookie(value: string, seconds: number, { publicUrl }: InstallDeps): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${STATE_COOKIE}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** Keeps the bot token that Slack hands out. Knows nothing of requests. */
export const installFunction: FunctionDescription = {
  name: 'install',
  about: 'Policy Guard: installs the Slack app to its workspace',
  source: 'bot/handlers/install.ts',
  timeout: 15,
  memory: 512,
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
