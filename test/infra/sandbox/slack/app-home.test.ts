import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answer, callApi, setUp, viewIn } from './fake-slack.ts';

const ADA = 'U0ADALOVE';
const home = (rest: object = {}) => ({
  type: 'home',
  blocks: [{ type: 'divider', block_id: 'line' }],
  ...rest,
});
const event = (setup: ReturnType<typeof setUp>) => JSON.parse(setup.sent.at(-1)?.body.toString() ?? '{}');

afterEach(() => void vi.useRealTimers());

describe('views.publish', () => {
  it('gives each person a home: the id stays, the hash does not', async () => {
    const { call, slack } = setUp();
    const first = (await call('views.publish', { user_id: ADA, view: home({ callback_id: 'one' }) })).body;
    expect(first).toMatchObject({
      ok: true,
      view: { type: 'home', team_id: 'T0TESTING', callback_id: 'one', previous_view_id: null, close: null },
    });
    const second = (await call('views.publish', { user_id: ADA, view: home({ callback_id: 'two' }) })).body;
    expect(second).toMatchObject({ view: { id: viewIn(first).id, callback_id: 'two' } });
    expect(viewIn(second).hash).not.toBe(viewIn(first).hash);
    await call('views.publish', { user_id: 'U0GUESTGU', view: home() });
    expect(slack.workspace.views.homes().map(({ user }) => user)).toEqual([ADA, 'U0GUESTGU']);
  });

  it('takes the hash of what is there, and no other', async () => {
    const { call } = setUp();
    const publish = async (hash: unknown) =>
      (await call('views.publish', { user_id: ADA, view: home(), hash })).body;
    expect((await publish('made-up')).error).toBe('hash_conflict');
    const { hash } = viewIn(await publish(undefined));
    expect((await publish(hash)).ok).toBe(true);
    expect((await publish(hash)).error).toBe('hash_conflict');
  });

  it.each(['U0NOBODYX', 'U0EVEELSE', 'U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'])(
    'knows no home of %s',
    async (user_id) => {
      const { call } = setUp();
      expect((await call('views.publish', { user_id, view: home() })).body).toMatchObject({
        ...{ ok: false, error: 'invalid_arguments' },
        response_metadata: { messages: ['invalid `user_id`'] },
      });
    },
  );

  it('takes no modal, and nothing too large', async () => {
    const { call } = setUp();
    const publish = async (view: object) => (await call('views.publish', { user_id: ADA, view })).body.error;
    expect(await publish(home({ title: { type: 'plain_text', text: 'x' } }))).toBe('invalid_arguments');
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } };
    expect(await publish(home({ blocks: Array(100).fill(section) }))).toBe('view_too_large');
  });

  it('is followed by views.update, which takes homes for a home only', async () => {
    const { call, slack } = setUp();
    const { body } = await call('views.publish', { user_id: ADA, view: home() });
    const update = (view: object) => call('views.update', { view_id: viewIn(body).id, view });
    expect((await update(home({ callback_id: 'new' }))).body.ok).toBe(true);
    expect(slack.workspace.views.homeOf(ADA)?.view.callback_id).toBe('new');
    const modal = { ...home(), type: 'modal', title: { type: 'plain_text', text: 'x' } };
    expect((await update(modal)).body.error).toBe('invalid_arguments');
  });
});

describe('opening the home', () => {
  it('tells the bot with a signed event', async () => {
    const setup = setUp();
    const shown = await setup.slack.interactions.openHome({ user: ADA });
    expect(shown).toMatchObject({ ok: true, status: 200, warning: null, view: null });
    const [request] = setup.sent;
    expect(request).toMatchObject({
      ...{ method: 'POST', target: '/slack/events', headers: { 'content-type': 'application/json' } },
    });
    const signed = `v0:${request?.headers['x-slack-request-timestamp']}:${request?.body}`;
    const mac = createHmac('sha256', setup.slack.secret.signingSecret).update(signed).digest('hex');
    expect(request?.headers['x-slack-signature']).toBe(`v0=${mac}`);
    expect(event(setup)).toMatchObject({
      ...{ type: 'event_callback', team_id: 'T0TESTING', api_app_id: 'A0POLICYG' },
      ...{ event_id: expect.stringMatching(/^Ev0/), event_time: expect.any(Number) },
      event: { type: 'app_home_opened', user: ADA, channel: expect.stringMatching(/^D0/), tab: 'home' },
    });
    expect(event(setup).event).not.toHaveProperty('view');
  });

  it('shows what the bot publishes, and tells it the next time', async () => {
    const setup = setUp((slack) => {
      callApi(slack, 'views.publish', { user_id: ADA, view: home() }, slack.secret.botToken);
      return answer('');
    });
    const { view } = await setup.slack.interactions.openHome({ user: ADA });
    expect(view).toMatchObject({ user: ADA, view: { type: 'home' } });
    await setup.slack.interactions.openHome({ user: ADA });
    expect(event(setup).event.view).toMatchObject({ id: view?.id, type: 'home', state: { values: {} } });
  });

  it('shows what was published before when the bot does not answer', async () => {
    const { slack, call } = setUp(() => new Promise(() => undefined));
    await call('views.publish', { user_id: ADA, view: home() });
    vi.useFakeTimers();
    const opened = slack.interactions.openHome({ user: ADA });
    await vi.advanceTimersByTimeAsync(3000);
    expect(await opened).toMatchObject({
      ...{ ok: false, status: 0, warning: expect.stringContaining('3 seconds'), view: { user: ADA } },
    });
  });

  it('shows a warning for an answer that is no success', async () => {
    const { slack } = setUp(() => answer('', 500));
    expect(await slack.interactions.openHome({ user: ADA })).toMatchObject({ ok: false, status: 500 });
  });

  it('is for guests too', async () => {
    const { slack, sent } = setUp();
    await slack.interactions.openHome({ user: 'U0GUESTGU' });
    expect(sent).toHaveLength(1);
  });

  it('comes from the other workspace for somebody there', async () => {
    const setup = setUp();
    await setup.slack.interactions.openHome({ user: 'U0EVEELSE' });
    expect(event(setup)).toMatchObject({ team_id: 'T0ELSEWHE', event: { user: 'U0EVEELSE' } });
  });

  it.each(['U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'])('is not for %s', async (user) => {
    const { slack, sent } = setUp();
    await expect(slack.interactions.openHome({ user })).rejects.toThrow('cannot open');
    expect(sent).toEqual([]);
  });
});

describe('verifying the address', () => {
  it.each([
    ['as JSON', (challenge: string) => answer({ challenge })],
    ['as text', (challenge: string) => answer(challenge)],
  ])('takes the challenge back %s', async (_, answers) => {
    const setup = setUp((_, { body }) => answers(JSON.parse(body.toString()).challenge));
    expect(await setup.slack.interactions.verifyUrl()).toMatchObject({ status: 200, verified: true });
    expect(event(setup)).toMatchObject({ type: 'url_verification', challenge: expect.any(String) });
    expect(setup.sent[0]?.headers).toMatchObject({ 'x-slack-signature': expect.stringMatching(/^v0=/) });
  });

  it('is not done with another answer, or with a refusal', async () => {
    const other = setUp(() => answer({ challenge: 'made up' }));
    expect((await other.slack.interactions.verifyUrl()).verified).toBe(false);
    const refusing = setUp((_, { body }) => answer(JSON.parse(body.toString()), 401));
    expect(await refusing.slack.interactions.verifyUrl()).toMatchObject({ status: 401, verified: false });
  });
});
