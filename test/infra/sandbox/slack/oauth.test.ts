import { describe, expect, it } from 'vitest';
import type { FakeSlack } from '../../../../infra/sandbox/slack/slack.ts';
import { callApi, post, setUp } from './fake-slack.ts';

const REDIRECT = 'http://localhost:3000/slack/oauth_redirect';

function authorizeTarget(slack: FakeSlack, changed: Record<string, string> = {}): string {
  const query = {
    client_id: slack.secret.clientId,
    scope: 'chat:write,commands',
    redirect_uri: REDIRECT,
    state: 's&1',
  };
  return `/slack.com/oauth/v2/authorize?${new URLSearchParams({ ...query, ...changed })}`;
}

function grant(slack: FakeSlack, form: string): URL {
  return new URL(String(slack.handle(post(authorizeTarget(slack), form)).headers.location));
}

function access(slack: FakeSlack, changed: Record<string, unknown> = {}) {
  const { clientId, clientSecret } = slack.secret;
  const code = grant(slack, 'answer=allow').searchParams.get('code');
  const args = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: REDIRECT, ...changed };
  return { args, body: callApi(slack, 'oauth.v2.access', args, '').body };
}

describe('the page that asks for permission', () => {
  it('names the scopes, and goes back with code and state when allowed', () => {
    const { slack } = setUp();
    const page = slack.handle({ ...post(authorizeTarget(slack), ''), method: 'GET' });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('<code>chat:write</code>');
    const back = grant(slack, 'answer=allow');
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('s&1');
    expect(back.searchParams.get('code')).toMatch(/^\d+\.[0-9a-f]+$/);
  });

  it('goes back with access_denied when cancelled', () => {
    const back = grant(setUp().slack, 'answer=cancel');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another client', { client_id: '1.2' }],
    ['an address that is not the app’s', { redirect_uri: 'https://evil.example/' }],
    ['no scopes', { scope: '' }],
  ])('refuses %s', (_, changed) => {
    const { slack } = setUp();
    const answer = slack.handle(post(authorizeTarget(slack, changed), 'answer=allow'));
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty('location');
  });
});

describe('exchanging the code', () => {
  it('gives a bot token with the scopes, once', () => {
    const { slack } = setUp();
    const { args, body } = access(slack);
    expect(body).toMatchObject({
      ...{ ok: true, token_type: 'bot', scope: 'chat:write,commands' },
      ...{ team: { id: 'T0TESTING' }, is_enterprise_install: false },
    });
    expect(callApi(slack, 'auth.test', {}, String(body.access_token)).body.ok).toBe(true);
    expect(callApi(slack, 'oauth.v2.access', args, '').body.error).toBe('invalid_code');
  });

  it.each([
    ['bad_client_secret', { client_secret: 'x' }],
    ['invalid_client_id', { client_id: 'x' }],
    ['bad_redirect_uri', { redirect_uri: 'http://localhost:3000/other' }],
    ['invalid_code', { code: 'x' }],
  ])('answers %s', (error, changed) => {
    expect(access(setUp().slack, changed).body).toEqual({ ok: false, error });
  });
});
