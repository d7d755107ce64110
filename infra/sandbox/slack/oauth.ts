import { randomBytes } from 'node:crypto';
import { type Html, html } from '../../../bot/pages/html.ts';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import type { HttpResponse } from '../aws/apigateway/response.ts';
import type { Methods } from './methods/method.ts';
import { SlackError } from './slack-error.ts';
import { slackId } from './slack-id.ts';
import type { Team } from './team.ts';
import type { Tokens } from './tokens.ts';
import { APP, type Workspace } from './workspace.ts';

/** "The code will expire in 10 minutes" (docs.slack.dev, "Installing with OAuth"). */
const CODE_LIFETIME_MS = 10 * 60 * 1000;

interface AppCredentials {
  clientId: string;
  clientSecret: string;
  /** The only address that may be redirected to. */
  redirectUri: string;
}

interface Grant {
  team: Pick<Team, 'id' | 'name'>;
  scopes: string[];
  redirectUri: string;
  expiresAt: number;
}

/** Slack's side of installing the app to a workspace: the page that asks, and the exchange of the code. */
export class OAuth {
  readonly #app: AppCredentials;
  readonly #workspace: Workspace;
  readonly #tokens: Tokens;
  readonly #grants = new Map<string, Grant>();
  readonly #otherTeam = { id: slackId('T'), name: 'Another workspace' };

  constructor(app: AppCredentials, workspace: Workspace, tokens: Tokens) {
    this.#app = app;
    this.#workspace = workspace;
    this.#tokens = tokens;
  }

  /** GET /oauth/v2/authorize shows what the app asks for; the form's POST comes back here. */
  authorize(request: HttpRequest): HttpResponse {
    const query = new URL(request.target, 'http://localhost').searchParams;
    const refusal = this.#refusal(query);
    if (refusal !== undefined) return page(400, html`<h1>This does not work</h1><p>${refusal}</p>`);
    if (request.method === 'POST') {
      return this.#redirect(query, new URLSearchParams(request.body.toString('utf8')));
    }
    return page(200, this.#form(query));
  }

  methods(): Methods {
    return {
      'oauth.v2.access': {
        scopes: [],
        withoutToken: true,
        run: ({ arguments: args }) => this.#access(args),
      },
    };
  }

  #refusal(query: URLSearchParams): string | undefined {
    if (query.get('client_id') !== this.#app.clientId) return 'Invalid client_id parameter';
    if (query.get('redirect_uri') !== this.#app.redirectUri) {
      return 'redirect_uri did not match any configured URIs.';
    }
    return query.get('scope') ? undefined : 'No scopes requested';
  }

  #form(query: URLSearchParams): Html {
    const scopes = (query.get('scope') ?? '').split(',').map((scope) => html`<li><code>${scope}</code></li>`);
    const teams = [this.#workspace.team, this.#otherTeam]
      .filter(({ id }) => !query.has('team') || query.get('team') === id)
      .map(({ id, name }) => html`<option value="${id}">${name}</option>`);
    return html`<h1>Policy Guard is requesting permission to access your workspace</h1>
<form method="post"><p><label>Workspace <select name="team">${teams}</select></label></p>
<p>What will Policy Guard be able to do?</p><ul>${scopes}</ul>
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button></p></form>`;
  }

  #redirect(query: URLSearchParams, form: URLSearchParams): HttpResponse {
    const target = new URL(this.#app.redirectUri);
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    if (form.get('answer') === 'allow') target.searchParams.set('code', this.#grant(query, form.get('team')));
    else target.searchParams.set('error', 'access_denied');
    return { status: 302, headers: { location: target.href }, body: Buffer.alloc(0) };
  }

  #grant(query: URLSearchParams, teamId: string | null): string {
    const code = `${randomBytes(6).readUIntBE(0, 6)}.${randomBytes(24).toString('hex')}`;
    const team = teamId === this.#otherTeam.id ? this.#otherTeam : this.#workspace.team;
    const scopes = (query.get('scope') ?? '').split(',');
    const expiresAt = Date.now() + CODE_LIFETIME_MS;
    this.#grants.set(code, { team, scopes, redirectUri: this.#app.redirectUri, expiresAt });
    return code;
  }

  #access(args: Readonly<Record<string, unknown>>): object {
    if (args.client_id !== this.#app.clientId) throw new SlackError('invalid_client_id');
    if (args.client_secret !== this.#app.clientSecret) throw new SlackError('bad_client_secret');
    const grant = this.#grants.get(String(args.code));
    if (grant === undefined || Date.now() > grant.expiresAt) throw new SlackError('invalid_code');
    if (args.redirect_uri !== grant.redirectUri) throw new SlackError('bad_redirect_uri');
    this.#grants.delete(String(args.code));
    const { team, scopes } = grant;
    return {
      ...{ app_id: APP.id, authed_user: { id: this.#workspace.people[0]?.id }, token_type: 'bot' },
      ...{ scope: scopes.join(','), access_token: this.#tokens.issue({ team, scopes }) },
      ...{ bot_user_id: APP.botUserId, team: { id: team.id, name: team.name } },
      ...{ enterprise: null, is_enterprise_install: false },
    };
  }
}

function page(status: number, body: Html): HttpResponse {
  const { text } = html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Slack (sandbox)</title>
<meta name="viewport" content="width=device-width"><style>body{font:16px/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}</style>
<body><main>${body}</main></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(text) };
}
