import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { APPROVE, answer, CHANNEL, post, setUp } from './fake-slack.ts';

const ADA = 'U0ADALOVE';
const GRACE = 'U0GRACEHO';
const DIRECT = expect.stringMatching(/^D0/);

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a direct message', () => {
  it('goes to a channel made for the person, the same ever after', async () => {
    const { call, slack } = setUp();
    const { body } = await call('chat.postMessage', { channel: ADA, text: 'one' });
    expect(body).toMatchObject({ ok: true, channel: DIRECT, message: { text: 'one' } });
    vi.advanceTimersByTime(1000);
    expect((await call('chat.postMessage', { channel: ADA, text: 'two' })).body.channel).toBe(body.channel);
    vi.advanceTimersByTime(1000);
    expect((await call('chat.postMessage', { channel: body.channel, text: 'three' })).body.ok).toBe(true);
    expect(slack.workspace.messages.map(({ channel }) => channel)).toEqual(Array(3).fill(body.channel));
  });

  it.each([
    ['a guest', 'U0GUESTGU'],
    ['somebody of a partner', 'U0XENAEXT'],
  ])('reaches %s', async (_, channel) => {
    const { call } = setUp();
    expect((await call('chat.postMessage', { channel, text: 'x' })).body.channel).toEqual(DIRECT);
  });

  it.each([
    ['somebody who has left', 'U0DEEPART', 'channel_not_found'],
    ['somebody of another workspace', 'U0EVEELSE', 'channel_not_found'],
    ['whom nobody knows', 'U0NOBODYX', 'channel_not_found'],
    ['a channel that was never made', 'D0NEVERMADE', 'channel_not_found'],
    ['a bot', 'U0BOTBOTX', 'cannot_dm_bot'],
  ])('does not reach %s', async (_, channel, error) => {
    const { call, slack } = setUp();
    expect((await call('chat.postMessage', { channel, text: 'x' })).body).toEqual({ ok: false, error });
    expect(slack.workspace.messages).toEqual([]);
  });

  it('has a limit of its own: one a second to each person', async () => {
    const { call } = setUp();
    for (const channel of [CHANNEL, ADA, GRACE]) {
      expect((await call('chat.postMessage', { channel, text: 'x' })).status).toBe(200);
    }
    expect((await call('chat.postMessage', { channel: ADA, text: 'y' })).status).toBe(429);
  });

  it('can be changed, linked to and replied to under its channel’s id', async () => {
    const { call, slack } = setUp();
    const { body } = await call('chat.postMessage', { channel: ADA, text: 'one' });
    const { channel, ts } = body;
    expect((await call('chat.update', { channel, ts, text: 'two' })).body).toMatchObject({
      ok: true,
      text: 'two',
    });
    expect((await call('chat.getPermalink', { channel, message_ts: ts })).body.permalink).toContain(
      `/archives/${channel}/p`,
    );
    vi.advanceTimersByTime(1000);
    const reply = await call('chat.postMessage', { channel, text: 'reply', thread_ts: ts });
    expect(reply.body.message).toMatchObject({ thread_ts: ts });
    expect(slack.workspace.messages).toMatchObject([
      { text: 'two', edited: true },
      { threadTs: ts, channel },
    ]);
  });

  it('cannot be changed under the person’s id', async () => {
    const { call } = setUp();
    const { body } = await call('chat.postMessage', { channel: ADA, text: 'one' });
    const update = await call('chat.update', { channel: ADA, ts: body.ts, text: 'two' });
    expect(update.body.error).toBe('channel_not_found');
  });

  it('is none of the channel’s messages, nor the other way round', async () => {
    const { call } = setUp();
    const direct = (await call('chat.postMessage', { channel: ADA, text: 'one' })).body;
    const elsewhere = { channel: CHANNEL, ts: direct.ts, text: 'x' };
    expect((await call('chat.update', elsewhere)).body.error).toBe('message_not_found');
    const reply = { channel: CHANNEL, thread_ts: direct.ts, text: 'x' };
    expect((await call('chat.postMessage', reply)).body.error).toBe('thread_not_found');
  });

  it('may hold what only the person sees, and nobody else', async () => {
    const { call } = setUp();
    const { channel } = (await call('chat.postMessage', { channel: ADA, text: 'one' })).body;
    const whisper = (user: string) => call('chat.postEphemeral', { channel, user, text: 'psst' });
    expect((await whisper(ADA)).body.ok).toBe(true);
    expect((await whisper(GRACE)).body.error).toBe('user_not_in_channel');
  });
});

describe('a click in a direct message', () => {
  async function withButton() {
    const setup = setUp(() => answer(''));
    const { body } = await setup.call('chat.postMessage', {
      channel: ADA,
      text: 'decide',
      blocks: [APPROVE],
    });
    const place = { channel: String(body.channel), ts: String(body.ts) };
    const click = (user: string) => setup.slack.interactions.click({ user, ...place, action_id: 'approve' });
    return { ...setup, ...place, click };
  }

  it('names the channel as Slack does, and is answered there', async () => {
    const { click, sent, slack, channel } = await withButton();
    expect((await click(ADA)).ok).toBe(true);
    const payload = JSON.parse(new URLSearchParams(sent[0]?.body.toString()).get('payload') ?? '{}');
    expect(payload).toMatchObject({
      container: { type: 'message', channel_id: channel },
      channel: { id: channel, name: 'directmessage' },
    });
    slack.handle(post(new URL(payload.response_url).pathname, JSON.stringify({ text: 'done' })));
    expect(slack.workspace.messages.at(-1)).toMatchObject({ channel, text: 'done', ephemeralFor: ADA });
  });

  it('is only for the person it was written to', async () => {
    const { click, sent } = await withButton();
    await expect(click(GRACE)).rejects.toThrow('no message');
    expect(sent).toEqual([]);
  });
});

describe('chat.postEphemeral in the channel', () => {
  it.each(['U0DEEPART', 'U0EVEELSE', 'U0NOBODYX'])('does not reach %s, who is not in it', async (user) => {
    const { call } = setUp();
    const { body } = await call('chat.postEphemeral', { channel: CHANNEL, user, text: 'x' });
    expect(body.error).toBe('user_not_in_channel');
  });
});
