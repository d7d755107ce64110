import { SCOPES } from '../../media/slack/scopes.ts';
import { html } from '../html.ts';
import { type PageResponse, page } from '../page.ts';

export function startPage(authorizeUrl: string, cookie: string): PageResponse {
  return page({
    statusCode: 200,
    title: 'Add Policy Guard to Slack',
    cookies: [cookie],
    body: html`
<p>Slack will ask you to allow what the app needs, and nothing more:</p>
<p>${SCOPES.map((scope) => html`<code>${scope}</code> `)}</p>
<p><a class="button" href="${authorizeUrl}" rel="noreferrer">Add to Slack</a></p>
<p class="note">The link is good for ten minutes, in this browser.</p>`,
  });
}

export function installedPage(teamName: string): PageResponse {
  return page({
    statusCode: 200,
    title: 'Policy Guard is installed',
    body: html`
<p>The bot token for <strong>${teamName}</strong> is in Secrets Manager; no deployment is needed.</p>
<h2>What to do next</h2>
<p>1. Go to the security channel and invite the bot: <code>/invite @Policy Guard</code></p>
<p>2. Ask it whether everything is in place: <code>/policy-guard doctor</code></p>`,
  });
}

export const notReadyPage = (missing: string): PageResponse =>
  problem(
    503,
    'Not yet',
    `The app’s credentials are not stored yet (${missing}): run npm run slack:credentials first.`,
  );

/** @param error as Slack says it, e.g. `access_denied` */
export const notAllowedPage = (error: string | null): PageResponse =>
  problem(
    200,
    'Not installed',
    error === 'access_denied'
      ? 'Slack says that the installation was cancelled. Nothing was changed.'
      : `Slack does not allow the installation (${error ?? 'it does not say why'}). Nothing was changed.`,
  );

export const badStatePage = (why: string): PageResponse =>
  problem(
    403,
    'Not installed',
    `This installation cannot be finished: ${why}. Start again from the install link.`,
  );

export const wrongWorkspacePage = (): PageResponse =>
  problem(
    403,
    'Wrong workspace',
    'This guard belongs to another workspace. The token that Slack gave was handed back; nothing was stored. Choose the configured workspace (SLACK_TEAM_ID).',
  );

export const failedPage = (what: string): PageResponse =>
  problem(502, 'Not installed', `${what} Start again from the install link; the function’s log says more.`);

export const methodPage = (): PageResponse =>
  problem(405, 'This does not work', 'Open the link in a browser.');

function problem(statusCode: number, title: string, text: string): PageResponse {
  return page({ statusCode, title, body: html`<p>${text}</p>` });
}
