import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HttpRequest } from '../../../../infra/sandbox/aws/apigateway/event.ts';
import { APPROVE, answer, CHANNEL, callApi, post, setUp } from './fake-slack.ts';

const ADA = 'U0ADALOVE';
const GRACE = 'U0GRACEHO';
const form = (request: HttpRequest | undefined) => new URLSearchParams(request?.body.toString());
const payload = (request: HttpRequest | undefined) => JSON.parse(form(request).get('payload') ?? '{}');
const modal = (rest: object = {}) => ({
  type: 'modal',
  callback_id: 'why',
  title: { type: 'plain_text', text: 'Why' },
  blocks: [{ type: 'divider' }],
  ...rest,
});

afterEach(() => void vi.useRealTimers());

async function withMessage(...args: Parameters<typeof setUp>) {
  const setup = setUp(...args);
  const { body } = await setup.call('chat.postMessage', {
    channel: CHANNEL,
    text: 'decide',
    blocks: [APPROVE],
  });
  const ts = String(body.ts);
  const click = (user = ADA) =>
    setup.slack.interactions.click({ user, channel: CHANNEL, ts, action_id: 'approve' });
  return { ...setup, ts, click };
}

describe('a click', () => {
  it('reaches the bot signed, as a form, in Slack’s shape', async () => {
    const { slack, sent, click, ts } = await withMessage();
    expect(await click()).toMatchObject({ ok: true, status: 200, warning: null });
    const [request] = sent;
    expect(request).toMatchObject({
      method: 'POST',
      target: '/slack/events',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const signed = `v0:${request?.headers['x-slack-request-timestamp']}:${request?.body}`;
    const mac = createHmac('sha256', slack.secret.signingSecret).update(signed).digest('hex');
    expect(request?.headers['x-slack-signature']).toBe(`v0=${mac}`);
    expect(payload(request)).toMatchObject({
      type: 'block_actions',
      user: { id: ADA, name: 'ada.lovelace', team_id: 'T0TESTING' },
      container: { type: 'message', message_ts: ts, channel_id: CHANNEL },
      channel: { id: CHANNEL },
      message: { ts, text: 'decide' },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decision', value: 'r1' }],
      response_url: expect.stringMatching(/^http:\/\/localhost:3000\/slack\.com\/response\//),
    });
  });

  it('shows the person what only they see, and nobody else’s', async () => {
    const { click } = await withMessage((slack) => {
      for (const user of [ADA, GRACE]) {
        callApi(
          slack,
          'chat.postEphemeral',
          { channel: CHANNEL, user, text: `for ${user}` },
          slack.secret.botToken,
        );
      }
      return answer('');
    });
    expect((await click()).ephemeral).toEqual([{ text: `for ${ADA}`, blocks: [] }]);
  });

  it('shows a modal that it opened', async () => {
    const { click } = await withMessage((slack, request) => {
      const args = { trigger_id: payload(request).trigger_id, view: modal() };
      callApi(slack, 'views.open', args, slack.secret.botToken);
      return answer('');
    });
    expect((await click()).view).toMatchObject({ user: ADA, view: { callback_id: 'why' } });
  });

  it('shows a warning for an answer that is no success', async () => {
    const { click } = await withMessage(() => answer('', 404));
    expect(await click()).toMatchObject({ ok: false, status: 404, warning: expect.stringContaining('404') });
  });

  it('shows a warning after three seconds without an answer', async () => {
    const { click } = await withMessage(() => new Promise(() => undefined));
    vi.useFakeTimers();
    const clicked = click();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await clicked).toMatchObject({
      ok: false,
      status: 0,
      warning: expect.stringContaining('3 seconds'),
    });
  });

  it('needs a person, a message and a button that are there', async () => {
    const { slack, ts, click, sent } = await withMessage();
    await expect(click('U0NOBODYX')).rejects.toThrow('nobody with the id U0NOBODYX');
    const { interactions } = slack;
    const at = { user: ADA, channel: CHANNEL, ts };
    await expect(interactions.click({ ...at, action_id: 'deny' })).rejects.toThrow('no button deny');
    await expect(interactions.click({ ...at, ts: '1.000001', action_id: 'approve' })).rejects.toThrow(
      'no message',
    );
    expect(sent).toEqual([]);
  });

  it('does not leave Slack while Slack is down', async () => {
    const { slack, click, sent } = await withMessage();
    slack.workspace.up = false;
    expect(await click()).toMatchObject({ ok: false, warning: 'Slack is down.' });
    expect(sent).toEqual([]);
  });
});

describe('a slash command', () => {
  it('sends what was typed, and shows the answer to the person who typed it', async () => {
    const { slack, sent } = setUp(() => answer({ response_type: 'ephemeral', text: 'two actions' }));
    const shown = await slack.interactions.command({ user: ADA, command: '/policy-guard', text: 'list' });
    expect(shown).toMatchObject({ ok: true, ephemeral: [{ text: 'two actions' }] });
    expect(Object.fromEntries(form(sent[0]))).toMatchObject({
      ...{ command: '/policy-guard', text: 'list', user_id: ADA, channel_id: CHANNEL, team_id: 'T0TESTING' },
    });
    expect(slack.workspace.messages).toMatchObject([{ ephemeralFor: ADA }]);
  });

  it('shows an answer that is no JSON as text, as Slack does', async () => {
    const { slack } = setUp(() => answer('plain words'));
    const shown = await slack.interactions.command({ user: ADA, command: '/policy-guard', text: '' });
    expect(shown.ephemeral).toMatchObject([{ text: 'plain words' }]);
  });

  it('shows a warning for blocks that Slack does not take', async () => {
    const { slack } = setUp(() => answer({ blocks: [{ type: 'section' }] }));
    const shown = await slack.interactions.command({ user: ADA, command: '/policy-guard', text: '' });
    expect(shown).toMatchObject({
      ok: false,
      warning: expect.stringContaining('invalid_blocks'),
      ephemeral: [],
    });
  });
});

describe('a modal', () => {
  function openFor(user: string, ...args: Parameters<typeof setUp>) {
    const setup = setUp(...args);
    return { ...setup, view: setup.slack.workspace.views.open(user, modal()) };
  }

  it('sends what was entered, and closes', async () => {
    const { slack, sent, view } = openFor(ADA);
    const values = { reason: { text: { type: 'plain_text_input', value: 'because' } } };
    expect(await slack.interactions.submit({ user: ADA, view_id: view.id, values })).toMatchObject({
      ok: true,
    });
    expect(payload(sent[0])).toMatchObject({
      type: 'view_submission',
      user: { id: ADA },
      view: { id: view.id, callback_id: 'why', state: { values } },
    });
    expect(slack.workspace.views.all()).toEqual([]);
  });

  it('stays open with the errors that the bot found', async () => {
    const { slack, view } = openFor(ADA, () =>
      answer({ response_action: 'errors', errors: { reason: 'too short' } }),
    );
    const shown = await slack.interactions.submit({ user: ADA, view_id: view.id, values: {} });
    expect(shown).toMatchObject({ ok: false, errors: { reason: 'too short' } });
    expect(slack.workspace.views.all()).toHaveLength(1);
  });

  it('shows the next view when the bot answers with one', async () => {
    const next = modal({ callback_id: 'done' });
    const { slack, view } = openFor(ADA, () => answer({ response_action: 'update', view: next }));
    const shown = await slack.interactions.submit({ user: ADA, view_id: view.id, values: {} });
    expect(shown.view).toMatchObject({ id: view.id, view: { callback_id: 'done' } });
  });

  describe('with an input', () => {
    const element = { type: 'plain_text_input', action_id: 'text', min_length: 3, max_length: 5 };
    const input = { type: 'input', block_id: 'reason', label: { type: 'plain_text', text: 'Why' }, element };
    function entering(value: string | null, block: object = input) {
      const { slack, sent } = setUp();
      const view = slack.workspace.views.open(ADA, modal({ blocks: [block] }));
      const values = { reason: { text: { type: 'plain_text_input', value } } };
      return { sent, submitted: slack.interactions.submit({ user: ADA, view_id: view.id, values }) };
    }

    it.each([
      ['too short', 'no', 'has 2 characters; it takes at least 3'],
      ['too long', 'because', 'has 7 characters; it takes at most 5'],
    ])('cannot be submitted with a text that is %s', async (_, value, why) => {
      const { sent, submitted } = entering(value);
      await expect(submitted).rejects.toThrow(why);
      expect(sent).toEqual([]);
    });

    it.each([null, ''])('shows what was left blank (%j) without asking the bot', async (value) => {
      const { sent, submitted } = entering(value);
      expect(await submitted).toMatchObject({
        ok: false,
        errors: { reason: 'Please complete this required field.' },
      });
      expect(sent).toEqual([]);
    });

    it.each([
      ['spaces', '   ', input],
      ['nothing where it is optional', null, { ...input, optional: true }],
    ])('sends %s', async (_, value, block) => {
      const { sent, submitted } = entering(value, block);
      expect(await submitted).toMatchObject({ ok: true });
      expect(sent).toHaveLength(1);
    });
  });

  it('can only be submitted by the person it was opened for', async () => {
    const { slack, view } = openFor(ADA);
    await expect(slack.interactions.submit({ user: GRACE, view_id: view.id, values: {} })).rejects.toThrow(
      'Grace Hopper has no open modal',
    );
  });
});

describe('a response_url', () => {
  async function responseUrl() {
    const setup = await withMessage();
    await setup.click();
    const target = new URL(payload(setup.sent[0]).response_url).pathname;
    const respond = (body: object) => setup.slack.handle(post(target, JSON.stringify(body)));
    return { ...setup, respond };
  }

  it('answers the person, or replaces the message that was clicked', async () => {
    const { slack, respond } = await responseUrl();
    respond({ text: 'psst' });
    respond({ text: 'decided', replace_original: true });
    expect(slack.workspace.messages).toMatchObject([
      { text: 'decided', edited: true, ephemeralFor: null },
      { text: 'psst', ephemeralFor: ADA },
    ]);
  });

  it('can be used five times', async () => {
    const { respond } = await responseUrl();
    const statuses = Array.from({ length: 6 }, () => respond({ text: 'again' }).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('can be used for half an hour', async () => {
    const { respond } = await responseUrl();
    vi.useFakeTimers({ now: Date.now() + 30 * 60 * 1000 + 1000 });
    expect(respond({ text: 'late' }).status).toBe(404);
  });

  it('refuses what Slack does not take', async () => {
    const { respond } = await responseUrl();
    expect(respond({ blocks: [{ type: 'section' }] }).status).toBe(400);
  });
});
