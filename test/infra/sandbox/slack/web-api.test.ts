import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, CHANNEL, callApi, post, setUp } from './fake-slack.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a token', () => {
  it('is asked for', async () => {
    const { slack } = setUp();
    expect(callApi(slack, 'auth.test', {}, '').body).toEqual({ ok: false, error: 'not_authed' });
  });

  it('must be one that was given out and not revoked', async () => {
    const { call } = setUp();
    expect((await call('auth.test', {}, 'xoxb-made-up')).body.error).toBe('invalid_auth');
    expect((await call('auth.revoke')).body).toEqual({ ok: true, revoked: true });
    expect((await call('auth.test')).body.error).toBe('token_revoked');
  });

  it('tells its scopes in a header', async () => {
    const { call } = setUp();
    const { headers, body } = await call('auth.test');
    expect(body).toMatchObject({ ok: true, team_id: 'T0TESTING', user: 'policy_guard' });
    expect(headers['x-oauth-scopes']).toBe('chat:write,commands,users:read,users:read.email,usergroups:read');
  });
});

describe('chat.postMessage', () => {
  it('takes forms too, with blocks as JSON', async () => {
    const { slack } = setUp();
    const blocks = [{ type: 'divider', block_id: 'line' }];
    const form = new URLSearchParams({ channel: CHANNEL, text: 'hi', blocks: JSON.stringify(blocks) });
    const headers = { authorization: `Bearer ${slack.secret.botToken}` };
    const { body } = slack.handle(post('/slack.com/api/chat.postMessage', form.toString(), headers));
    expect(JSON.parse(body.toString())).toMatchObject({
      ok: true,
      channel: CHANNEL,
      message: { text: 'hi', blocks },
    });
    expect(slack.workspace.messages).toMatchObject([
      { channel: CHANNEL, text: 'hi', blocks, ephemeralFor: null },
    ]);
  });

  it.each([
    ['channel_not_found', { channel: 'C0OTHERCH', text: 'x' }],
    ['no_text', { channel: CHANNEL }],
    ['msg_too_long', { channel: CHANNEL, text: 'x'.repeat(40_001) }],
    ['invalid_blocks_format', { channel: CHANNEL, blocks: 'not json' }],
    ['invalid_blocks', { channel: CHANNEL, blocks: [{ type: 'section' }] }],
    [
      'msg_blocks_too_long',
      {
        channel: CHANNEL,
        blocks: Array(5).fill({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2999) } }),
      },
    ],
    ['thread_not_found', { channel: CHANNEL, text: 'x', thread_ts: '1.000001' }],
  ])('answers %s', async (error, args) => {
    const { call, slack } = setUp();
    expect((await call('chat.postMessage', args)).body).toMatchObject({ ok: false, error });
    expect(slack.workspace.messages).toEqual([]);
  });

  it('says where invalid blocks are wrong', async () => {
    const { call } = setUp();
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const { body } = await call('chat.postMessage', { channel: CHANNEL, blocks });
    expect(body).toMatchObject({
      response_metadata: {
        messages: [expect.stringMatching(/^\[ERROR\] .*\[json-pointer:\/blocks\/0\/text\/text\]$/)],
      },
    });
  });

  it('needs the bot to be in the channel', async () => {
    const { call, slack } = setUp();
    slack.workspace.botInChannel = false;
    expect((await call('chat.postMessage', { channel: CHANNEL, text: 'x' })).body.error).toBe(
      'not_in_channel',
    );
  });

  it('takes one message a second, replies included, and says how long to wait', async () => {
    const { call } = setUp();
    const first = await call('chat.postMessage', { channel: CHANNEL, text: 'one' });
    const reply = { channel: CHANNEL, text: 'two', thread_ts: first.body.ts };
    const refused = await call('chat.postMessage', reply);
    expect(refused).toMatchObject({
      status: 429,
      body: { error: 'ratelimited' },
      headers: { 'retry-after': '1' },
    });
    vi.advanceTimersByTime(1000);
    expect((await call('chat.postMessage', reply)).body.ok).toBe(true);
  });

  it('names every message differently', async () => {
    const { call, slack } = setUp();
    for (let i = 0; i < 3; i++) {
      await call('chat.postEphemeral', { channel: CHANNEL, text: 'x', user: slack.workspace.people[0]?.id });
    }
    const names = slack.workspace.messages.map((message) => message.ts);
    expect(new Set(names).size).toBe(3);
    expect(names.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
  });
});

describe('other methods', () => {
  it('chat.update changes a message of the channel, and no other', async () => {
    const { call, slack } = setUp();
    const { body } = await call('chat.postMessage', { channel: CHANNEL, text: 'one' });
    expect((await call('chat.update', { channel: CHANNEL, ts: body.ts, text: 'two' })).body.ok).toBe(true);
    expect(slack.workspace.messages).toMatchObject([{ text: 'two', edited: true }]);
    const other = await call('chat.update', { channel: CHANNEL, ts: '1.000001', text: 'x' });
    expect(other.body.error).toBe('message_not_found');
  });

  it('chat.update cannot change what only one person sees', async () => {
    const { call, slack } = setUp();
    const user = slack.workspace.people[0]?.id;
    const { body } = await call('chat.postEphemeral', { channel: CHANNEL, text: 'psst', user });
    const update = await call('chat.update', { channel: CHANNEL, ts: body.message_ts, text: 'x' });
    expect(update.body.error).toBe('cant_update_message');
  });

  it('users.info shows the e-mail address only to a token that may read it', async () => {
    const { call, slack } = setUp();
    const [ada] = slack.workspace.people;
    expect((await call('users.info', { user: ada?.id })).body).toMatchObject({
      user: { profile: { email: ada?.email } },
    });
    expect((await call('users.info', { user: 'U0NOBODYX' })).body.error).toBe('user_not_found');
    const token = await installWith(slack, 'users:read');
    const { body } = await call('users.info', { user: ada?.id }, token);
    expect(body).toMatchObject({ ok: true, user: { id: ada?.id } });
    expect(JSON.stringify(body)).not.toContain(ada?.email);
  });

  it('needs the scope of each method, and says which', async () => {
    const { call, slack } = setUp();
    const token = await installWith(slack, 'users:read');
    const { body } = await call('chat.postMessage', { channel: CHANNEL, text: 'x' }, token);
    expect(body).toEqual({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'users:read' });
  });

  it('usergroups.users.list knows the group of approvers', async () => {
    const { call } = setUp();
    const { body } = await call('usergroups.users.list', { usergroup: 'S0SECURIT' });
    expect(body.users).toContain('U0ADALOVE');
    expect((await call('usergroups.users.list', { usergroup: 'S0OTHERXX' })).body.error).toBe(
      'no_such_subteam',
    );
  });

  it('there are no others', async () => {
    const { call } = setUp();
    expect((await call('admin.users.remove')).body.error).toBe('unknown_method');
  });
});

describe('views.open', () => {
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Why' }, blocks: [{ type: 'divider' }] };

  async function clickThenOpen(waitMs: number, times = 1) {
    let triggerId = '';
    const { slack, call } = setUp((_, request) => {
      triggerId = new URLSearchParams(request.body.toString()).get('trigger_id') ?? '';
      return answer('');
    });
    await slack.interactions.command({ user: 'U0ADALOVE', command: '/policy-guard', text: '' });
    vi.advanceTimersByTime(waitMs);
    for (let i = 1; i < times; i++) await call('views.open', { trigger_id: triggerId, view });
    return (await call('views.open', { trigger_id: triggerId, view })).body;
  }

  it('opens a modal for the person who clicked', async () => {
    expect(await clickThenOpen(2900)).toMatchObject({
      ok: true,
      view: { team_id: 'T0TESTING', state: { values: {} } },
    });
  });

  it('takes a trigger for three seconds', async () => {
    expect((await clickThenOpen(3001)).error).toBe('expired_trigger_id');
  });

  it('takes a trigger once', async () => {
    expect((await clickThenOpen(0, 2)).error).toBe('exchanged_trigger_id');
  });

  it('takes no made-up trigger and no invalid view', async () => {
    const { call } = setUp();
    expect((await call('views.open', { trigger_id: 'x', view })).body.error).toBe('invalid_trigger_id');
    expect((await call('views.open', { trigger_id: 'x', view: { type: 'modal' } })).body.error).toBe(
      'invalid_arguments',
    );
  });
});

describe('while Slack is down', () => {
  it('every call gets HTTP 503', async () => {
    const { call, slack } = setUp();
    slack.workspace.up = false;
    expect((await call('auth.test')).status).toBe(503);
  });
});

/** Installs the app with these scopes and returns the token. */
async function installWith(slack: ReturnType<typeof setUp>['slack'], scope: string): Promise<string> {
  const { clientId, clientSecret } = slack.secret;
  const redirect = 'http://localhost:3000/slack/oauth_redirect';
  const query = new URLSearchParams({ client_id: clientId, scope, redirect_uri: redirect, state: 's' });
  const { headers } = slack.handle(
    post(`/slack.com/oauth/v2/authorize?${query}`, 'answer=allow&team=T0TESTING'),
  );
  const code = new URL(String(headers.location)).searchParams.get('code');
  const args = { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirect };
  return String(callApi(slack, 'oauth.v2.access', args, '').body.access_token);
}
