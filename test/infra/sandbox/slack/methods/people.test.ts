import { describe, expect, it } from 'vitest';
import { setUp } from '../fake-slack.ts';

describe('users.info', () => {
  it.each([
    ['a member', 'U0DEVONDE', { name: 'devon', is_restricted: false, deleted: false, is_bot: false }],
    ['a guest', 'U0GUESTGU', { is_restricted: true, deleted: false, team_id: 'T0TESTING' }],
    ['somebody of a partner', 'U0XENAEXT', { is_stranger: true, team_id: 'T0PARTNER' }],
    ['somebody who has left', 'U0DEEPART', { deleted: true }],
    [
      'a bot',
      'U0BOTBOTX',
      { is_bot: true, profile: expect.not.objectContaining({ email: expect.anything() }) },
    ],
  ])('tells that somebody is %s', async (_, user, told) => {
    const { call } = setUp();
    expect((await call('users.info', { user })).body).toMatchObject({
      ok: true,
      user: { id: user, ...told },
    });
  });

  it('calls nobody of the workspace a stranger', async () => {
    const { call } = setUp();
    expect((await call('users.info', { user: 'U0ADALOVE' })).body.user).not.toHaveProperty('is_stranger');
  });

  it('does not know somebody of another workspace', async () => {
    const { call } = setUp();
    expect((await call('users.info', { user: 'U0EVEELSE' })).body.error).toBe('user_not_found');
  });
});

describe('users.lookupByEmail', () => {
  it.each([
    ['a member', 'devon@example.com', 'U0DEVONDE'],
    ['a member, whatever the case', 'Ada.Lovelace@EXAMPLE.com', 'U0ADALOVE'],
    ['a guest', 'gus.guest@example.com', 'U0GUESTGU'],
  ])('finds %s', async (_, email, id) => {
    const { call } = setUp();
    const { body } = await call('users.lookupByEmail', { email });
    expect(body).toMatchObject({
      ok: true,
      user: { id, profile: { email: expect.stringMatching(/@example\.com$/) } },
    });
  });

  it.each([
    ['whom nobody is', 'nobody@example.com'],
    ['who has left', 'dee.parted@example.com'],
    ['of another workspace', 'eve@elsewhere.example'],
  ])('does not find somebody %s', async (_, email) => {
    const { call } = setUp();
    expect((await call('users.lookupByEmail', { email })).body).toEqual({
      ok: false,
      error: 'users_not_found',
    });
  });

  it('needs an address', async () => {
    const { call } = setUp();
    expect((await call('users.lookupByEmail', { email: '' })).body.error).toBe('invalid_arguments');
  });
});

describe('usergroups.users.list', () => {
  it.each([
    ['the approvers', 'S0SECURIT', ['U0ADALOVE', 'U0GRACEHO', 'U0MARGARE', 'U0DANALEE']],
    [
      'a group with everybody who never counts',
      'S0DEVELOP',
      ['U0DEVONDE', 'U0GUESTGU', 'U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'],
    ],
  ])('knows %s', async (_, usergroup, users) => {
    const { call } = setUp();
    expect((await call('usergroups.users.list', { usergroup })).body).toEqual({ ok: true, users });
  });
});

describe('while lookups are down', () => {
  it.each([
    ['users.info', { user: 'U0ADALOVE' }],
    ['users.lookupByEmail', { email: 'devon@example.com' }],
    ['usergroups.users.list', { usergroup: 'S0SECURIT' }],
    ['usergroups.list', {}],
  ])('%s gets HTTP 503', async (method, args) => {
    const { call, slack } = setUp();
    slack.workspace.lookups = false;
    expect((await call(method, args)).status).toBe(503);
  });

  it('everything else works', async () => {
    const { call, slack } = setUp();
    slack.workspace.lookups = false;
    expect((await call('auth.test')).body.ok).toBe(true);
    expect((await call('chat.postMessage', { channel: 'U0ADALOVE', text: 'x' })).body.ok).toBe(true);
  });
});
