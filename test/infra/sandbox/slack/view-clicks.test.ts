import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../infra/sandbox/aws/apigateway/event.ts';
import { answer, CHANNEL, callApi, type Setup, setUp, viewIn } from './fake-slack.ts';

const ADA = 'U0ADALOVE';
const GRACE = 'U0GRACEHO';
const EVE = 'U0EVEELSE';
const plain = (text: string) => ({ type: 'plain_text', text });
const button = (value: string, rest: object = {}) => ({
  ...{ type: 'button', action_id: 'open', text: plain('Open'), value },
  ...rest,
});
const row = (value: string) => ({ type: 'actions', block_id: `row-${value}`, elements: [button(value)] });
const REASON = {
  ...{ type: 'input', block_id: 'reason', label: plain('Why') },
  element: { type: 'plain_text_input', action_id: 'text', initial_value: 'because' },
};
const modal = (rest: object = {}) => ({
  type: 'modal',
  title: plain('Pending'),
  blocks: [row('r1')],
  ...rest,
});
const home = (...blocks: object[]) => ({ type: 'home', blocks });
const payload = (request: HttpRequest | undefined) =>
  JSON.parse(new URLSearchParams(request?.body.toString()).get('payload') ?? '{}');

function withModal(content: object = modal(), ...args: Parameters<typeof setUp>) {
  const setup = setUp(...args);
  const { id: view_id } = setup.slack.workspace.views.open(ADA, { ...content });
  const click = (choice: { action_id: string; block_id?: string; value?: string }, user = ADA) =>
    setup.slack.interactions.click({ user, view_id, ...choice });
  return { ...setup, view_id, click };
}

describe('a click in a modal', () => {
  it('reaches the bot in Slack’s shape, with what is entered, and without channel and message', async () => {
    const { click, sent, view_id } = withModal(modal({ blocks: [REASON, row('r1')], submit: plain('Send') }));
    expect(await click({ action_id: 'open' })).toMatchObject({ ok: true, status: 200 });
    expect(payload(sent[0])).toMatchObject({
      ...{ type: 'block_actions', user: { id: ADA }, container: { type: 'view', view_id } },
      view: {
        ...{ id: view_id, type: 'modal', root_view_id: view_id, team_id: 'T0TESTING' },
        state: {
          values: {
            reason: { text: { type: 'plain_text_input', value: 'because' } },
          },
        },
      },
      trigger_id: expect.any(String),
      actions: [{ type: 'button', action_id: 'open', block_id: 'row-r1', value: 'r1' }],
    });
    for (const key of ['channel', 'message', 'response_url', 'state']) {
      expect(payload(sent[0])).not.toHaveProperty(key);
    }
  });

  it('can only be made by the person it was opened for', async () => {
    const { click, sent } = withModal();
    await expect(click({ action_id: 'open' }, GRACE)).rejects.toThrow('no open modal');
    expect(sent).toEqual([]);
  });
});

describe('a click on App Home', () => {
  async function withHome(...blocks: object[]) {
    const setup = setUp();
    const { body } = await setup.call('views.publish', { user_id: ADA, view: home(...blocks) });
    const view_id = viewIn(body).id;
    const click = (choice: { action_id: string; value?: string; block_id?: string }, user = ADA) =>
      setup.slack.interactions.click({ user, view_id, ...choice });
    return { ...setup, view_id, click };
  }

  it('reaches the bot with the home', async () => {
    const { click, sent, view_id } = await withHome(row('r1'));
    await click({ action_id: 'open' });
    expect(payload(sent[0])).toMatchObject({
      container: { type: 'view', view_id },
      view: { id: view_id, type: 'home' },
      actions: [{ value: 'r1' }],
    });
  });

  it('can only be made by its owner', async () => {
    const { click } = await withHome(row('r1'));
    await expect(click({ action_id: 'open' }, GRACE)).rejects.toThrow('no open modal');
  });

  it('can be made on what has just been taken away', async () => {
    const { click, call, sent } = await withHome(row('r1'));
    await call('views.publish', { user_id: ADA, view: home(row('r2')) });
    await click({ action_id: 'open', value: 'r1' });
    expect(payload(sent[0])).toMatchObject({ actions: [{ value: 'r1' }], view: { blocks: [row('r2')] } });
  });

  it('cannot submit it or close it', async () => {
    const { slack, view_id } = await withHome(row('r1'));
    await expect(slack.interactions.submit({ user: ADA, view_id, values: {} })).rejects.toThrow(
      'no open modal',
    );
    expect(() => slack.interactions.close({ user: ADA, view_id })).toThrow('no open modal');
  });

  it('opens a modal, which is shown', async () => {
    const setup = setUp((slack, request) => {
      const args = { trigger_id: payload(request).trigger_id, view: modal() };
      callApi(slack, 'views.open', args, slack.secret.botToken);
      return answer('');
    });
    const { body } = await setup.call('views.publish', { user_id: ADA, view: home(row('r1')) });
    const click = { user: ADA, view_id: viewIn(body).id, action_id: 'open' };
    expect((await setup.slack.interactions.click(click)).view).toMatchObject({ view: { type: 'modal' } });
  });
});

describe('a stack of modals', () => {
  /** A bot that pushes a modal at every click and notes what Slack says. */
  function pushing() {
    const said: unknown[] = [];
    const setup = withModal(modal(), (slack, request) => {
      if (payload(request).type !== 'block_actions') return answer('');
      const args = { trigger_id: payload(request).trigger_id, view: modal({ callback_id: 'pushed' }) };
      said.push(callApi(slack, 'views.push', args, slack.secret.botToken).body);
      return answer('');
    });
    const push = async (view_id: string) => {
      const { view } = await setup.slack.interactions.click({ user: ADA, view_id, action_id: 'open' });
      return view?.id ?? '';
    };
    return { ...setup, said, push };
  }

  it('grows by the modal that is pushed, which knows the one below', async () => {
    const { push, view_id, said } = pushing();
    const second = await push(view_id);
    expect(said).toMatchObject([
      { ok: true, view: { id: second, previous_view_id: view_id, root_view_id: view_id } },
    ]);
  });

  it('holds three at most', async () => {
    const { push, view_id, said } = pushing();
    await push(await push(await push(view_id)));
    expect(said[2]).toEqual({ ok: false, error: 'push_limit_reached' });
  });

  it('is used at its top only', async () => {
    const { push, view_id, click } = pushing();
    await push(view_id);
    await expect(click({ action_id: 'open' })).rejects.toThrow('no open modal');
  });

  it('shows its top also when the bot changes the one below', async () => {
    const { slack, view_id } = withModal(modal(), (each) => {
      callApi(each, 'views.update', { view_id, view: modal() }, each.secret.botToken);
      return answer('');
    });
    const root = slack.workspace.views.get(view_id);
    const top = root && slack.workspace.views.push(root, modal());
    const click = { user: ADA, view_id: top?.id ?? '', action_id: 'open' };
    expect((await slack.interactions.click(click)).view?.id).toBe(top?.id);
  });

  it('shows the one below when the top is closed or submitted', async () => {
    const { push, view_id, slack } = pushing();
    const second = await push(view_id);
    const third = await push(second);
    const submitted = await slack.interactions.submit({ user: ADA, view_id: third, values: {} });
    expect(submitted.view?.id).toBe(second);
    expect(slack.interactions.close({ user: ADA, view_id: second })).toMatchObject({
      ok: true,
      view: { id: view_id },
    });
    expect(slack.interactions.close({ user: ADA, view_id }).view).toBeNull();
  });

  it.each(['clear', 'push'])(
    'is not changed by the answer %j, which the guard does not give',
    async (response_action) => {
      const { slack, view_id } = withModal(modal(), () => answer({ response_action, view: modal() }));
      const shown = await slack.interactions.submit({ user: ADA, view_id, values: {} });
      expect(shown).toMatchObject({
        ok: false,
        warning: expect.stringContaining('unsupported_response_action'),
      });
      expect(slack.workspace.views.all().map(({ id }) => id)).toEqual([view_id]);
    },
  );

  it('starts with views.open: a click in a message pushes nothing', async () => {
    const said: unknown[] = [];
    const { call, slack } = setUp((each, request) => {
      const args = { trigger_id: payload(request).trigger_id, view: modal() };
      said.push(callApi(each, 'views.push', args, each.secret.botToken).body);
      return answer('');
    });
    const { ts } = (await call('chat.postMessage', { channel: CHANNEL, text: 'x', blocks: [row('r1')] }))
      .body;
    await slack.interactions.click({ user: ADA, channel: CHANNEL, ts: String(ts), action_id: 'open' });
    expect(said).toEqual([{ ok: false, error: 'not_found' }]);
  });
});

describe('views.update', () => {
  const update = async ({ call, slack }: Setup, args: object) => {
    const view = slack.workspace.views.open(ADA, modal());
    const given = { view_id: view.id, view: modal({ callback_id: 'new' }), ...args };
    return { body: (await call('views.update', given)).body, view };
  };

  it('changes an open modal', async () => {
    const { body, view } = await update(setUp(), {});
    expect(body).toMatchObject({ ok: true, view: { id: view.id, callback_id: 'new' } });
  });

  it.each([
    ['not_found', { view_id: 'V0' }],
    ['hash_conflict', { hash: 'made-up' }],
    ['invalid_arguments', { view: home(row('r1')) }],
  ])('answers %s', async (error, args) => {
    expect((await update(setUp(), args)).body.error).toBe(error);
  });
});

describe('what somebody of another workspace does', () => {
  it('arrives with the id of that workspace', async () => {
    const { call, slack, sent } = setUp();
    const { ts } = (await call('chat.postMessage', { channel: CHANNEL, text: 'x', blocks: [row('r1')] }))
      .body;
    await slack.interactions.click({ user: EVE, channel: CHANNEL, ts: String(ts), action_id: 'open' });
    expect(payload(sent[0])).toMatchObject({
      user: { id: EVE, team_id: 'T0ELSEWHE' },
      team: { id: 'T0ELSEWHE', domain: 'elsewhere' },
    });
    await slack.interactions.command({ user: EVE, command: '/policy-guard', text: '' });
    expect(Object.fromEntries(new URLSearchParams(sent[1]?.body.toString()))).toMatchObject({
      ...{ user_id: EVE, team_id: 'T0ELSEWHE', team_domain: 'elsewhere' },
    });
  });

  it('arrives from this workspace where a channel is shared, with where the person belongs', async () => {
    const { call, slack, sent } = setUp();
    const { ts } = (await call('chat.postMessage', { channel: CHANNEL, text: 'x', blocks: [row('r1')] }))
      .body;
    const click = { channel: CHANNEL, ts: String(ts), action_id: 'open' };
    await slack.interactions.click({ user: 'U0XENAEXT', ...click });
    expect(payload(sent[0])).toMatchObject({
      ...{ user: { id: 'U0XENAEXT', team_id: 'T0PARTNER' }, team: { id: 'T0TESTING' } },
    });
  });

  it.each(['U0GUESTGU', 'U0XENAEXT'])('%s may type a command here', async (user) => {
    const { slack, sent } = setUp();
    await slack.interactions.command({ user, command: '/policy-guard', text: 'help' });
    expect(new URLSearchParams(sent[0]?.body.toString()).get('team_id')).toBe('T0TESTING');
  });
});
