import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackApi } from '../../../../../bot/media/slack/api/slack-api.ts';
import { createSlackApi } from '../../../../../bot/media/slack/api/web-client-api.ts';
import { textMessage } from '../../../../../bot/media/slack/blocks/blocks.ts';
import { GENEROUS_MS } from '../../../../support/generous.ts';
import { CHANNEL, type RunningSlack, type SlackAnswer, startSlack } from '../../../../support/slack.ts';

const MESSAGE = textMessage('Hello');
const REF = { channel: CHANNEL, ts: '1772366404.000100' };

let fake: RunningSlack;
let warnings: string[];
let tokens: { current: string | undefined; refreshed: string | undefined };
let slack: SlackApi;
let withTime: (timeoutMs: number) => SlackApi;

beforeEach(async () => {
  fake = await startSlack();
  warnings = [];
  fake.workspace.add({ ...REF, text: 'A request', blocks: [] });
  tokens = { current: fake.secret.botToken, refreshed: fake.secret.botToken };
  const sink = { warn: (line: string) => warnings.push(line), error: (line: string) => warnings.push(line) };
  withTime = (timeoutMs) =>
    createSlackApi({
      token: { current: async () => tokens.current, refreshed: async () => tokens.refreshed },
      apiUrl: fake.apiUrl,
      timeoutMs,
      log: sink,
    });
  slack = withTime(GENEROUS_MS);
});
afterEach(() => fake.close());

const answering = (method: string, ...answers: SlackAnswer[]) =>
  fake.answers.set(method, () => (answers.length > 1 ? answers.shift() : answers[0]) as SlackAnswer);

describe('what the bot writes', () => {
  it('is posted where it should, and found again', async () => {
    const ref = await slack.post(CHANNEL, MESSAGE);
    expect(fake.workspace.message(ref.channel, ref.ts)).toMatchObject({ channel: CHANNEL, text: 'Hello' });
  });

  it('makes no mentions of names, and nothing in it is fetched', async () => {
    await slack.post(CHANNEL, MESSAGE);
    await slack.update(REF, MESSAGE);
    for (const { args } of fake.calls) {
      expect(args).toMatchObject({ parse: 'none', link_names: 'false' });
      expect(args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    }
  });

  it('is a reply in a thread, in the channel too where that is asked for', async () => {
    await slack.reply(REF, MESSAGE);
    await slack.reply(REF, MESSAGE, { broadcast: true });
    expect(fake.calls.map(({ args }) => [args.thread_ts, args.reply_broadcast])).toEqual([
      [REF.ts, 'false'],
      [REF.ts, 'true'],
    ]);
  });
});

describe('a call that does not work', () => {
  it.each<[string, SlackAnswer, string, string]>([
    ['429', { status: 429, retryAfter: 30 }, 'rate-limited', 'ratelimited'],
    ['ratelimited', { error: 'ratelimited' }, 'rate-limited', 'ratelimited'],
    ['invalid_auth', { error: 'invalid_auth' }, 'unauthorized', 'invalid_auth'],
    ['token_revoked', { error: 'token_revoked' }, 'unauthorized', 'token_revoked'],
    ['not_in_channel', { error: 'not_in_channel' }, 'refused', 'not_in_channel'],
    ['500', { status: 500 }, 'unreachable', 'HTTP 500'],
  ])('because of %s says so at once', async (_, given, failure, code) => {
    answering('chat.postMessage', given);
    await expect(slack.post(CHANNEL, MESSAGE)).rejects.toMatchObject({
      name: 'SlackCallError',
      failure,
      code,
    });
    expect(fake.calls).toHaveLength(1);
  });

  it('because of nothing in time says so at once', async () => {
    answering('chat.postMessage', 'never');
    await expect(withTime(200).post(CHANNEL, MESSAGE)).rejects.toMatchObject({
      ...{ name: 'SlackCallError', failure: 'unreachable', code: expect.any(String) },
    });
    expect(fake.calls.length).toBeLessThan(2);
  });

  it('because nobody listens is unreachable', async () => {
    await fake.close();
    await expect(slack.post(CHANNEL, MESSAGE)).rejects.toMatchObject({ failure: 'unreachable' });
    fake = await startSlack();
  });

  it('tells no token and no content, in the error or in the log', async () => {
    answering('chat.postMessage', { error: 'not_in_channel' });
    const error = await slack.post(CHANNEL, textMessage('hush')).catch((thrown: Error) => thrown);
    expect(`${String(error)}${warnings.join()}`).not.toMatch(/xoxb|hush/);
  });

  it.each([{ user: null }, { user: { id: 7 } }, {}])(
    'users.info that answers %j proves nothing',
    async (given) => {
      answering('users.info', given);
      await expect(slack.profile('U0')).rejects.toMatchObject({ failure: 'unreachable' });
    },
  );
});

describe('a token that is refused', () => {
  it('is read again, and the new one used', async () => {
    tokens.current = 'xoxb-one';
    await slack.post(CHANNEL, MESSAGE);
    expect(fake.calls.map(({ token }) => token)).toEqual(['xoxb-one', fake.secret.botToken]);
    expect(fake.workspace.messages.at(-1)?.text).toBe('Hello');
  });

  it('is not tried again when it is the same', async () => {
    fake.tokens.revoke(fake.secret.botToken);
    await expect(slack.post(CHANNEL, MESSAGE)).rejects.toMatchObject({ failure: 'unauthorized' });
    expect(fake.calls).toHaveLength(1);
  });

  it('is read again when there was none', async () => {
    tokens.current = undefined;
    await slack.post(CHANNEL, MESSAGE);
    expect(fake.calls.map(({ token }) => token)).toEqual([fake.secret.botToken]);
  });

  it('is not sent when there is none', async () => {
    tokens = { current: undefined, refreshed: undefined };
    await expect(slack.post(CHANNEL, MESSAGE)).rejects.toMatchObject({ code: 'no bot token is stored yet' });
    expect(fake.calls).toEqual([]);
  });
});

describe('a profile', () => {
  const person = { id: 'U0', team_id: 'T0', profile: { email: 'ada@example.com' } };

  it('has an e-mail address, unless it is known not to be confirmed', async () => {
    answering('users.info', { user: person }, { user: { ...person, is_email_confirmed: false } });
    expect((await slack.profile('U0')).email).toBe('ada@example.com');
    expect((await slack.profile('U0')).email).toBeUndefined();
  });

  it.each(['is_restricted', 'is_ultra_restricted'])('with %s is a guest’s', async (flag) => {
    answering('users.info', { user: { ...person, [flag]: true } });
    expect((await slack.profile('U0')).guest).toBe(true);
  });

  it('with is_stranger is that of somebody from outside, and no guest’s', async () => {
    answering('users.info', { user: { ...person, is_stranger: true } });
    expect(await slack.profile('U0')).toMatchObject({ stranger: true, guest: false });
  });
});
