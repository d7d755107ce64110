import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { SecretReader } from '../../../workflow/runtime/secrets/secret-reader.ts';
import type { SlackSecret } from '../../../workflow/runtime/secrets/slack-secret.ts';
import { SCOPES } from '../../media/slack/scopes.ts';
import type { PageRequest } from '../http-request.ts';
import type { PageResponse } from '../page.ts';
import type { Installation, SlackOAuth } from './exchange-code.ts';
import { createState, refuseState, STATE_COOKIE, STATE_SECONDS } from './install-state.ts';
import * as pages from './pages.ts';
import { PATH, publicAddress } from './paths.ts';

/** What an installation works with; handed in when the handler is built. */
export interface InstallDeps {
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

/** The page to begin at, and the one to which Slack sends the browser back. */
export function answerInstall(request: PageRequest, deps: InstallDeps): Promise<PageResponse> {
  return request.path.endsWith(PATH.redirect) ? finish(request, deps) : start(deps);
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
  const failure = 'The token of another workspace could not be handed back; it is stored nowhere';
  await bestEffort(log.error, failure, {}, () => oauth.revoke(installation.botToken));
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
