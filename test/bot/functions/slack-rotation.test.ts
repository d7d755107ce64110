import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '../../../bot/media/slack/scopes.ts';
import { hearFunctions } from '../../support/hear-functions.ts';
import { aRequest } from '../../support/requests.ts';
import { SIGNING_SECRET, startWorld, TEAM, type World } from './slack-world.ts';

const NEW_SECRET = 'fedcba9876543210fedcba9876543210';
const HELP = {
  command: '/policy-guard',
  text: 'help',
  team_id: TEAM,
  user_id: 'U0ADALOVE',
  channel_id: 'C0',
};

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await world.stop();
});

const helpSignedWith = async (secret: string) =>
  (await world.invoke(world.event(HELP, { secret }))).statusCode;

describe('rotating the signing secret needs no deployment', () => {
  it('the new one is taken at once, the old one no more', async () => {
    expect(await helpSignedWith(SIGNING_SECRET)).toBe(200);
    await world.storeSecret({ signingSecret: NEW_SECRET });
    expect(await helpSignedWith(NEW_SECRET)).toBe(200);
    expect(await helpSignedWith(NEW_SECRET)).toBe(200);
    expect(await helpSignedWith(SIGNING_SECRET)).toBe(401);
  });

  it('the secret is read again at most once a minute, whoever sends wrong signatures', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await helpSignedWith('wrong')).toBe(401);
    await world.storeSecret({ signingSecret: NEW_SECRET });
    expect(await helpSignedWith(NEW_SECRET)).toBe(401);
    vi.setSystemTime(Date.now() + 61_000);
    expect(await helpSignedWith(NEW_SECRET)).toBe(200);
  });
});

describe('rotating the bot token needs no deployment', () => {
  beforeEach(() => world.ledger.record(aRequest('r1')));

  it('a click after it is the decision', async () => {
    const { secret, tokens, workspace } = world.slack;
    await world.command('help');
    tokens.revoke(secret.botToken);
    const botToken = tokens.issue({ team: workspace.team, scopes: SCOPES });
    await world.storeSecret({ botToken });
    await world.click('approve', 'r1');
    expect(world.slack.calls.findLast(({ method }) => method === 'users.info')?.token).toBe(botToken);
    expect((await world.ledger.read('r1'))?.decision?.decision).toBe('approved');
  });

  it('a token that is just revoked is tried once, and nobody decides', async () => {
    const { secret, tokens } = world.slack;
    tokens.revoke(secret.botToken);
    await world.click('approve', 'r1');
    expect(world.slack.calls.map(({ method, token }) => [method, token])).toEqual([
      ['users.info', secret.botToken],
    ]);
    expect((await world.ledger.read('r1'))?.status).toBe('pending');
  });
});

describe('before the app is installed', () => {
  it('nothing is verified without a signing secret', async () => {
    const heard = hearFunctions();
    world.withSettings({ LOG_LEVEL: 'INFO' });
    await world.storeSecret({ signingSecret: '', botToken: '' });
    expect(await helpSignedWith('')).toBe(401);
    expect(heard.join('')).toContain('npm run slack:credentials');
  });

  it('the help works, and the doctor says what is missing', async () => {
    await world.storeSecret({ botToken: '' });
    expect((await world.command('help')).body).toContain('/policy-guard doctor');
    const { body } = await world.command('doctor');
    expect(body).toContain('no bot token is stored yet');
    expect(body).toContain('https://guard.example.com/slack/install');
  });

  it('nothing is verified while Secrets Manager is away', async () => {
    world.down.add('secretsmanager');
    expect(await helpSignedWith(SIGNING_SECRET)).toBe(401);
  });
});

it('the handler takes two arguments, as Node 24 on Lambda wants it', async () => {
  const { createSlackHandler } = await import('../../../bot/functions/slack.ts');
  const arn = 'arn:aws:sns:us-east-1:123456789012:x';
  const environment = {
    ...{
      SLACK_CHANNEL: 'C0TESTING',
      SLACK_TEAM_ID: TEAM,
      SLACK_SECRET_ARN: arn,
      TABLE_NAME: 't',
      APPROVERS: 'U0ADALOVE',
      TOPIC_ARN: arn,
    },
    ...{ PUBLIC_URL: 'https://guard.example.com', EVENT_RULE_NAME: 'r', APPROVERS: 'U0ADALOVE' },
  };
  expect(createSlackHandler(environment, { region: 'us-east-1' })).toHaveLength(2);
});
