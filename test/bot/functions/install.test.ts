import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInstallHandler } from '../../../bot/functions/install.ts';
import { SCOPES } from '../../../bot/media/slack/scopes.ts';
import type { PageResponse } from '../../../bot/pages/page.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { GENEROUS } from '../../support/generous.ts';
import { type RunningSlack, startSlack, TEAM } from '../../support/slack.ts';

const STORED = { signingSecret: 'signing', clientId: '11.22', clientSecret: 'client-secret', note: 'kept' };

let aws: RunningEndpoint;
let slack: RunningSlack;
let token: string;
let secretArn: string;
let handler: (event: unknown) => Promise<PageResponse>;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  [aws, slack] = await Promise.all([startAwsEndpoint(), startSlack()]);
  token = slack.tokens.issue({ team: slack.workspace.team, scopes: SCOPES });
  install(STORED);
  slack.answers.set('oauth.v2.access', () => granted(TEAM));
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([aws.stop(), slack.close()]);
});

function install(secret: object, linkSigningKey = 'x'.repeat(32)) {
  const credentials = aws.credentialsOf(`install-${Math.random()}`.replace('.', ''));
  secretArn = aws.aws.secrets.addSecret(`slack-${Math.random()}`, JSON.stringify(secret));
  const linkArn = aws.aws.secrets.addSecret(`link-${Math.random()}`, JSON.stringify({ linkSigningKey }));
  const settings = {
    ...{ SLACK_SECRET_ARN: secretArn, LINK_SECRET_ARN: linkArn, SLACK_TEAM_ID: TEAM },
    ...{ SLACK_API_URL: slack.apiUrl, PUBLIC_URL: 'https://guard.example.com', LOG_LEVEL: 'ERROR' },
  };
  handler = createInstallHandler(settings, { ...aws.config(), credentials }, GENEROUS);
}

/** What Slack grants; the token is one that it takes. */
const granted = (team: string | null, rest: object = {}) => ({
  ...{ access_token: token, token_type: 'bot', scope: SCOPES.join(',') },
  team: team === null ? null : { id: team, name: 'Testing <b>' },
  ...rest,
});

function get(path: string, query: Record<string, string> = {}, cookies: string[] = []) {
  return handler({
    version: '2.0',
    rawQueryString: new URLSearchParams(query).toString(),
    cookies,
    requestContext: { http: { method: 'GET', path, sourceIp: '192.0.2.1' } },
  });
}

/** Opens the install page as a browser does: what its link and its cookie hold. */
async function begin() {
  const page = await get('/slack/install');
  const [, href = ''] = /<a class="button" href="([^"]*)"/.exec(page.body) ?? [];
  const link = new URL(href.replaceAll('&amp;', '&'));
  const [cookie = ''] = page.cookies?.[0]?.split(';') ?? [];
  return { page, link, state: link.searchParams.get('state') ?? '', cookie };
}

const finish = (query: Record<string, string>, cookies: string[]) =>
  get('/slack/oauth_redirect', query, cookies);

async function stored(): Promise<unknown> {
  const client = new SecretsManagerClient(aws.config());
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return JSON.parse(SecretString);
}

describe('the install page', () => {
  it('leads to Slack with the client, the scopes, the workspace and the way back', async () => {
    const { page, link } = await begin();
    expect(page.statusCode).toBe(200);
    expect(`${link.origin}${link.pathname}`).toBe(new URL('../oauth/v2/authorize', slack.apiUrl).href);
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      ...{ client_id: '11.22', scope: SCOPES.join(','), team: TEAM },
      redirect_uri: 'https://guard.example.com/slack/oauth_redirect',
    });
  });

  it('keeps the browser’s part of the state in a cookie that no script reads', async () => {
    const { page, state } = await begin();
    expect(page.cookies?.[0]).toMatch(/Max-Age=600; .*HttpOnly; SameSite=Lax; Secure/);
    expect(page.cookies?.[0]).not.toContain(state);
  });

  it('shows no secret', async () => {
    expect((await begin()).page.body).not.toMatch(/client-secret|signing"/);
  });

  it.each([
    ['client id', { clientSecret: 'x' }],
    ['client secret', { clientId: '1.2' }],
  ])('says what to do when there is no %s yet', async (_, secret) => {
    install(secret);
    const page = await get('/slack/install');
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run slack:credentials');
  });
});

describe('coming back from Slack', () => {
  it('stores the bot token, keeps what else the secret holds, and says what to do next', async () => {
    const { state, cookie } = await begin();
    const page = await finish({ code: 'the-code', state }, [cookie]);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('/invite @Policy Guard');
    expect(page.body).toContain('/policy-guard doctor');
    expect(page.body).toContain('Testing &lt;b&gt;');
    expect(page.body).not.toContain(token);
    expect(await stored()).toEqual({ ...STORED, botToken: token });
    expect(slack.callsOf('oauth.v2.access')).toMatchObject([
      {
        code: 'the-code',
        client_id: '11.22',
        redirect_uri: 'https://guard.example.com/slack/oauth_redirect',
      },
    ]);
  });

  it('ends the cookie, so that the same state is good once in a browser', async () => {
    const { state, cookie } = await begin();
    const page = await finish({ code: 'the-code', state }, [cookie]);
    expect(page.cookies?.[0]).toMatch(/^policy_guard_install=; Max-Age=0/);
  });

  it.each([
    ['access_denied', 'cancelled'],
    ['invalid_scope', 'does not allow the installation (invalid_scope)'],
    ['<script>', '&lt;script&gt;'],
  ])('with %s stores nothing', async (error, expected) => {
    const { state, cookie } = await begin();
    const page = await finish({ error, state }, [cookie]);
    expect(page.body).toContain(expected);
    expect(await stored()).toEqual(STORED);
  });
});

describe('must always hold 5: an installation that was not begun here is refused', () => {
  it.each([
    ['no state', (_state: string) => ({}), true],
    ['a state that is made up', (_state: string) => ({ state: '9999999999.nonce.signature' }), true],
    ['a changed end', (state: string) => ({ state: state.replace(/^\d+/, (end) => String(+end + 1)) }), true],
    ['a changed signature', (state: string) => ({ state: `${state.slice(0, -2)}AA` }), true],
    ['another browser', (state: string) => ({ state }), false],
  ])('%s', async (_, change, withCookie) => {
    const { state, cookie } = await begin();
    const page = await finish({ code: 'the-code', ...change(state) }, withCookie ? [cookie] : []);
    expect(page.statusCode).toBe(403);
    expect(slack.calls).toEqual([]);
    expect(await stored()).toEqual(STORED);
  });

  it('the state of another installation', async () => {
    const [first, second] = [await begin(), await begin()];
    expect((await finish({ code: 'c', state: first.state }, [second.cookie])).statusCode).toBe(403);
  });

  it('ten minutes later', async () => {
    const { state, cookie } = await begin();
    vi.setSystemTime(Date.now() + 600_000);
    const page = await finish({ code: 'the-code', state }, [cookie]);
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('ten minutes');
  });
});

describe('what Slack grants', () => {
  it.each([
    ['another workspace', () => granted('T0OTHER')],
    ['a whole organisation', () => granted(null, { is_enterprise_install: true, enterprise: { id: 'E0' } })],
    ['a whole organisation, with a workspace', () => granted(TEAM, { is_enterprise_install: true })],
  ])('for %s is handed back and not stored', async (_, answer) => {
    slack.answers.set('oauth.v2.access', answer);
    const { state, cookie } = await begin();
    const page = await finish({ code: 'the-code', state }, [cookie]);
    expect(page.statusCode).toBe(403);
    expect(slack.calls.at(-1)).toMatchObject({ method: 'auth.revoke', token });
    expect(await stored()).toEqual(STORED);
  });

  it('is not stored either when it cannot be handed back', async () => {
    slack.answers.set('oauth.v2.access', () => granted('T0OTHER'));
    slack.answers.set('auth.revoke', () => ({ error: 'fatal_error' }));
    const { state, cookie } = await begin();
    expect((await finish({ code: 'the-code', state }, [cookie])).statusCode).toBe(403);
    expect(await stored()).toEqual(STORED);
  });

  it.each([
    ['nothing, because the code is spent', () => ({ error: 'code_already_used' })],
    ['nothing, because Slack is down', () => ({ status: 503 })],
    ['no token', () => ({ team: { id: TEAM } })],
  ])('is %s: the page says so', async (_, answer) => {
    slack.answers.set('oauth.v2.access', answer);
    const { state, cookie } = await begin();
    expect((await finish({ code: 'the-code', state }, [cookie])).statusCode).toBe(502);
    expect(await stored()).toEqual(STORED);
  });
});

describe('every page', () => {
  it('runs no script, is not framed and not kept', async () => {
    for (const { headers } of [await get('/slack/install'), await finish({}, [])]) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('is for GET', async () => {
    const event = { requestContext: { http: { method: 'POST', path: '/slack/install' } } };
    expect((await handler(event)).statusCode).toBe(405);
  });
});
