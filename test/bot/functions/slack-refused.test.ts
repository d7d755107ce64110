import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aRequest } from '../../support/requests.ts';
import { type EventChange, signedEvent, startWorld, TEAM, type World } from './slack-world.ts';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.ledger.record(aRequest('waiting'));
  await world.ledger.storeTaskToken(aRequest('waiting'), 'token');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.slack.calls.length = 0;
});

const now = () => Math.floor(Date.now() / 1000);
const approve = (payload: object = {}) => ({
  payload: JSON.stringify({
    ...{ type: 'block_actions', team: { id: TEAM }, user: { id: 'U0ADALOVE', name: 'ada' } },
    ...{ channel: { id: 'C0TESTING' }, trigger_id: 't', response_url: 'http://127.0.0.1:9/' },
    actions: [{ type: 'button', block_id: 'decision', action_id: 'approve', value: 'waiting' }],
    ...payload,
  }),
});

async function lastAudit() {
  const [entry] = await world.ledger.recentAudit(1);
  return entry;
}

/** Whoever sends many such requests costs a line in the log each. */
async function expectNoEntry(entries: number) {
  expect(await world.ledger.recentAudit(1_000)).toHaveLength(entries);
}

const entriesNow = async () => (await world.ledger.recentAudit(1_000)).length;

/** Nothing has happened: no decision, no word to the state machine, no call of Slack. */
async function expectNothingChanged() {
  expect((await world.ledger.read('waiting'))?.status).toBe('pending');
  expect(world.results).toEqual([]);
  expect(world.slack.calls).toEqual([]);
}

describe('must always hold 5: what Slack did not sign, now, is refused and audited', () => {
  const bad: [string, EventChange][] = [
    ['another signing secret', { secret: 'another' }],
    ['a changed body', { body: `payload=${encodeURIComponent('{"type":"block_actions"}')}` }],
    ['a stale time stamp', { at: now() - 301 }],
    ['a time stamp of the future', { at: now() + 120 }],
    ['no signature', { headers: { 'x-slack-signature': undefined } }],
    ['no time stamp', { headers: { 'x-slack-request-timestamp': undefined } }],
    ['a time stamp that is no number', { headers: { 'x-slack-request-timestamp': 'soon' } }],
    ['a signature of another version', { headers: { 'x-slack-signature': 'v1=00' } }],
    [
      'a body of another content type, unsigned',
      { secret: 'another', headers: { 'content-type': 'text/plain' } },
    ],
    ['base64 over another body', { secret: 'another', base64: true }],
  ];

  it.each(bad)('%s', async (_, change) => {
    const entries = await entriesNow();
    expect(await world.invoke(world.event(approve(), change))).toEqual({ statusCode: 401, body: '' });
    await expectNoEntry(entries);
    await expectNothingChanged();
  });

  it('an unsigned ssl_check', async () => {
    const event = world.event({ ssl_check: '1', token: 'x' }, { secret: 'another' });
    expect((await world.invoke(event)).statusCode).toBe(401);
  });

  it('a hundred times over', async () => {
    const entries = await entriesNow();
    for (let request = 0; request < 100; request++) {
      await world.invoke(world.event(approve(), { secret: 'another' }));
    }
    await expectNoEntry(entries);
  });
});

describe('what cannot be read is refused, signed or not', () => {
  it.each([
    ['no event at all', undefined],
    ['an event without headers', { version: '2.0', body: 'x' }],
    ['an event without a body', { ...signedEvent({ a: 'b' }), body: undefined }],
    ['a body that is not a text', { ...signedEvent({}), body: 42 }],
    [
      'a body that is not the base64 it claims to be',
      { ...signedEvent({}), body: '%%%', isBase64Encoded: true },
    ],
  ])('%s', async (_, event) => {
    const entries = await entriesNow();
    expect([400, 401]).toContain((await world.invoke(event)).statusCode);
    await expectNoEntry(entries);
    await expectNothingChanged();
  });

  it.each([
    ['malformed JSON', signedEvent({ payload: '{"type":' })],
    ['JSON that is no object', signedEvent({ payload: '[1]' })],
    ['a content type that Slack does not use', signedEvent({}, { headers: { 'content-type': 'text/xml' } })],
    ['no content type', signedEvent({}, { headers: { 'content-type': undefined } })],
  ])('%s, signed', async (_, event) => {
    const { statusCode } = await world.invoke(event);
    expect(statusCode).toBe(400);
    expect(await lastAudit()).toMatchObject({ event: 'request.refused' });
  });
});

describe('must always hold 5: another workspace is refused and audited', () => {
  it.each([
    ['a click', approve({ team: { id: 'T0OTHER' } })],
    ['a click without a workspace', approve({ team: null })],
    ['a click from an installation to a whole organisation', approve({ is_enterprise_install: true })],
    ['a command', { command: '/policy-guard', text: 'pending', team_id: 'T0OTHER', user_id: 'U0EVE' }],
    [
      'a command from such an installation',
      { command: '/policy-guard', team_id: TEAM, is_enterprise_install: 'true' },
    ],
  ])('%s', async (_, form) => {
    expect((await world.invoke(world.event(form as Record<string, string>))).statusCode).toBe(403);
    expect((await lastAudit())?.event).toBe('workspace.refused');
    await expectNothingChanged();
  });

  it('with who tried', async () => {
    await world.invoke(world.event(approve({ team: { id: 'T0OTHER' }, user: { id: 'U0EVE', name: 'eve' } })));
    expect(await lastAudit()).toMatchObject({
      ...{ slackUserId: 'U0EVE', slackUserName: 'eve', slackTeamId: 'T0OTHER' },
    });
  });
});

describe('what Slack signed is taken', () => {
  it.each([
    ['as it is', {}],
    ['encoded in base64', { base64: true }],
    ['with a charset', { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } }],
    [
      'with header names in capitals',
      { headers: { 'content-type': undefined, 'Content-Type': 'application/x-www-form-urlencoded' } },
    ],
  ])('%s', async (_, change) => {
    const form = {
      command: '/policy-guard',
      text: 'help',
      team_id: TEAM,
      user_id: 'U0ADALOVE',
      channel_id: 'C0',
    };
    expect((await world.invoke(world.event(form, change))).statusCode).toBe(200);
  });

  it('a signed ssl_check is answered', async () => {
    expect(await world.invoke(world.event({ ssl_check: '1' }))).toEqual({ statusCode: 200, body: '' });
  });

  it('an action that nobody listens to is not found', async () => {
    expect((await world.click('something_else', 'waiting')).statusCode).toBe(404);
  });
});

describe('a refusal stands', () => {
  it('when the ledger cannot take its audit entry', async () => {
    world.down.add('dynamodb');
    const { statusCode } = await world.invoke(world.event(approve(), { secret: 'another' }));
    world.down.delete('dynamodb');
    expect(statusCode).toBe(401);
  });
});
