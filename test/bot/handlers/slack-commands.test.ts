import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '../../../bot/slack/scopes.ts';
import { allText, blockKitProblems } from '../../support/block-kit.ts';
import { APPROVED, aChange, aRequest, INLINE } from '../../support/requests.ts';
import type { World } from '../slack/world.ts';
import { startWorld, TEAM } from '../slack/world.ts';

vi.spyOn(console, 'error').mockImplementation(() => undefined);
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.ledger.record(aRequest('r-waiting'));
  await world.ledger.record(aRequest('r-done', { change: aChange({ requestId: 'r-done', target: INLINE }) }));
  await world.ledger.decide('r-done', APPROVED);
  await world.ledger.close('r-done', 'approved', 'It is in force again.', '2026-03-01T12:06:00.000Z');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.withSettings({});
  world.slack.answers.set('auth.test', () => ({
    ...{ team_id: TEAM, team: 'Testing', user: 'policyguard', scopes: SCOPES },
  }));
});

/** What the person who asked sees, and nobody else. */
async function ask(text: string, overrides: Record<string, string> = {}): Promise<string> {
  const { statusCode, body } = await world.command(text, overrides);
  expect(statusCode).toBe(200);
  const answer = JSON.parse(body) as { response_type: string; blocks: unknown };
  expect(answer.response_type).toBe('ephemeral');
  expect(blockKitProblems(answer.blocks, 'message')).toEqual([]);
  return allText(answer.blocks);
}

describe('/policy-guard', () => {
  it.each(['', 'list', 'LIST', '  list  '])('%j lists the restricted actions', async (text) => {
    const answer = await ask(text);
    expect(answer).toContain('`s3:DeleteBucket`');
    expect(answer).toContain('`s3:DeleteObject`');
  });

  it('lists what contains a text', async () => {
    expect(await ask('list object')).not.toContain('`s3:DeleteBucket`');
  });

  it('lists a thousand', async () => {
    const list = Array.from({ length: 1_000 }, (_, index) => `service${index}:Delete`).join(',');
    world.withSettings({ RESTRICTED_ACTIONS: list });
    expect(await ask('list')).toContain('1000 restricted actions');
  });

  it.each(['help', 'what?', 'constructor', '__proto__'])('%j explains the commands', async (text) => {
    expect(await ask(text)).toContain('/policy-guard doctor');
  });

  it('pending lists the requests that wait', async () => {
    const answer = await ask('pending');
    expect(answer).toContain('`r-waiting`');
    expect(answer).not.toContain('r-done');
  });

  it('show tells what has become of a request', async () => {
    expect(await ask('show r-done')).toContain('Approved by Robin in Slack: the grant has been put back');
    expect(await ask('show r-waiting')).toContain('Held: my-bad-policy');
  });

  it.each([
    ['show', 'Which one?'],
    ['show <!channel>', '`&lt;!channel&gt;`'],
    ['show r-none', 'There is no request `r-none`'],
  ])('%j says what is wrong', async (text, expected) => {
    expect(await ask(text)).toContain(expected);
  });

  it.each(['pending', 'show r-waiting'])('%s is answered in the security channel only', async (text) => {
    const answer = await ask(text, { channel_id: 'C0OTHER' });
    expect(answer).toContain('Ask in <#C0TESTING>');
    expect(answer).not.toContain('my-bad-policy');
  });

  it('says that the ledger is away', async () => {
    world.down.add('dynamodb');
    const answer = await ask('pending');
    world.down.delete('dynamodb');
    expect(answer).toContain('The ledger did not answer');
  });

  it('needs no bot token to list', async () => {
    world.slack.calls.length = 0;
    await ask('list');
    expect(world.slack.calls).toEqual([]);
  });
});

describe('/policy-guard doctor', () => {
  it('finds that all is well', async () => {
    const answer = await ask('doctor');
    expect(answer).toContain('All is well');
    expect(answer).toMatch(/✅ \*E-mail:\*/);
    expect(answer).toMatch(/✅ \*Slack token:\*/);
    expect(answer).toMatch(/✅ \*Slack channel:\*/);
    expect(answer).toMatch(/✅ \*Event rule:\*/);
    expect(answer).toMatch(/✅ \*Ledger:\*/);
  });

  it('works in any channel, because the configured one may be wrong', async () => {
    expect(await ask('doctor', { channel_id: 'C0OTHER' })).toContain('Slack channel');
  });

  it('tries the channel where only the person who asked can see it', async () => {
    world.slack.calls.length = 0;
    await ask('doctor');
    expect(world.slack.callsOf('chat.postEphemeral')).toMatchObject([
      { channel: 'C0TESTING', user: 'U0ADA' },
    ]);
    expect(world.slack.callsOf('chat.postMessage')).toEqual([]);
  });

  it.each([
    ['auth.test', { error: 'token_revoked' }, 'Slack refuses it (token_revoked)'],
    ['auth.test', { team_id: 'T0OTHER', scopes: SCOPES }, 'workspace T0OTHER'],
    ['auth.test', { team_id: TEAM, scopes: ['chat:write'] }, 'users:read.email'],
    ['chat.postEphemeral', { error: 'not_in_channel' }, '/invite @Policy Guard'],
    ['chat.postEphemeral', { error: 'channel_not_found' }, 'correct SLACK_CHANNEL'],
    ['chat.postEphemeral', { error: 'user_not_in_channel' }, 'Join the channel'],
    ['chat.postEphemeral', { error: 'is_archived' }, 'is archived'],
    ['chat.postEphemeral', { error: 'restricted_action' }, 'restricted_action'],
    ['auth.test', { status: 503 }, '❔ *Slack token:*'],
  ])('says what is wrong when %s answers %j', async (method, answer, expected) => {
    world.slack.answers.set(method, () => answer);
    const text = await ask('doctor');
    world.slack.answers.delete(method);
    expect(text).toContain(expected);
    expect(text).toContain('To mend it');
  });

  it('says that nobody gets e-mails from an address that is not subscribed', async () => {
    world.withSettings({ ADMIN_EMAIL: 'somebody-else@example.com' });
    expect(await ask('doctor')).toContain('The address in ADMIN_EMAIL is not subscribed');
  });

  it('says which table is missing', async () => {
    world.withSettings({ TABLE_NAME: 'no-such-table' });
    expect(await ask('doctor')).toContain('❌ *Ledger:* There is no table no-such-table');
  });

  it('is answered in time when nothing else answers', async () => {
    for (const service of ['dynamodb', 'sns', 'events'] as const) world.down.add(service);
    world.slack.answers.set('auth.test', () => 'never');
    world.slack.answers.set('chat.postEphemeral', () => 'never');
    const begin = performance.now();
    const text = await ask('doctor');
    expect(performance.now() - begin).toBeLessThan(2_700);
    world.down.clear();
    world.slack.answers.delete('chat.postEphemeral');
    expect(text.match(/❔/g)).toHaveLength(5);
  });
});
