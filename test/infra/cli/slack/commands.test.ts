import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEndpoint, startAwsEndpoint } from '../../../support/aws-endpoint.ts';

const GOOD = {
  signingSecret: '0123456789abcdef0123456789abcdef',
  clientId: '1234567890.9876543210',
  clientSecret: 'abcdefabcdefabcdefabcdefabcdefab',
};

let aws: RunningEndpoint;
let folder: string;
let secretArn: string;
let secrets = 0;

beforeAll(async () => {
  aws = await startAwsEndpoint();
  folder = mkdtempSync(join(tmpdir(), 'slack-commands-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await aws.stop();
});
beforeEach(() => {
  secretArn = aws.aws.secrets.addSecret(`slack-${secrets++}`, JSON.stringify({ botToken: 'xoxb-kept' }));
  outputs({ PublicUrl: 'https://guard.example.com', SlackSecretArn: secretArn });
});

function outputs(...stacks: Record<string, string>[]) {
  const named = Object.fromEntries(stacks.map((stack, index) => [`Stack${index}`, stack]));
  writeFileSync(join(folder, 'cdk-outputs.json'), JSON.stringify(named));
}

/** Runs a command as npm does, in a folder of its own. */
async function run(command: string, args: readonly string[] = [], input = '') {
  const { endpoint, credentials } = aws.config();
  const child = spawn(process.execPath, [resolve('infra/cli/slack', `${command}.ts`), ...args], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: credentials.accessKeyId },
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  child.stdin.end(input);
  const exited = new Promise<number | null>((done) => child.on('close', done));
  const [status, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

async function stored(): Promise<unknown> {
  const client = new SecretsManagerClient(aws.config());
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return JSON.parse(SecretString);
}

describe('npm run slack:manifest', () => {
  it('prints a manifest for the deployed stack', async () => {
    const { status, stdout } = await run('manifest');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      settings: { interactivity: { request_url: 'https://guard.example.com/slack/events' } },
    });
  });

  it('prints one for an address that is given', async () => {
    const { stdout } = await run('manifest', ['--url', 'https://other.example.com/']);
    expect(stdout).toContain('"https://other.example.com/slack/oauth_redirect"');
  });

  it.each([
    ['an address that Slack does not take', ['--url', 'http://guard.example.com'], 'https addresses only'],
    ['what is no address', ['--url', 'guard'], 'https addresses only'],
    ['an unknown option', ['--uri', 'x'], 'Usage: npm run'],
  ])('refuses %s', async (_, args, message) => {
    const { status, stdout, stderr } = await run('manifest', args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it.each([
    ['there are no outputs', () => rmSync(join(folder, 'cdk-outputs.json')), 'npm run deploy first'],
    ['the outputs lack it', () => outputs({ Other: 'x' }), 'has no output PublicUrl'],
    [
      'two stacks have it',
      () => outputs({ PublicUrl: 'https://a' }, { PublicUrl: 'https://b' }),
      'more than one',
    ],
  ])('says what to do when %s', async (_, prepare, message) => {
    prepare();
    const { status, stderr } = await run('manifest');
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('npm run slack:credentials', () => {
  it('stores what is piped in, and keeps what the secret holds already', async () => {
    const { status, stdout } = await run('credentials', [], JSON.stringify(GOOD));
    expect(status).toBe(0);
    expect(await stored()).toEqual({ ...GOOD, botToken: 'xoxb-kept' });
    expect(stdout).toContain('Stored signingSecret, clientId, clientSecret');
    expect(stdout).not.toMatch(new RegExp(Object.values(GOOD).join('|')));
  });

  it('stores it in a secret that is named', async () => {
    const other = aws.aws.secrets.addSecret(`slack-${secrets++}`, '{"botToken":""}');
    const lines = Object.entries(GOOD).map(([key, value]) => `${key}=${value}`);
    const { status, stdout } = await run('credentials', ['--secret-arn', other], lines.join('\n'));
    expect(status).toBe(0);
    expect(stdout).toContain('install link');
    expect(await stored()).toEqual({ botToken: 'xoxb-kept' });
  });

  it.each([
    ['that does not exist', () => `${secretArn}x`, 'ResourceNotFoundException'],
    ['that holds no JSON', () => aws.aws.secrets.addSecret(`slack-${secrets++}`, 'hush'), 'no JSON object'],
    [
      'that holds a list',
      () => aws.aws.secrets.addSecret(`slack-${secrets++}`, '["hush"]'),
      'no JSON object',
    ],
  ])('says what is wrong with a secret %s, and not what is in it', async (_, other, message) => {
    const { status, stderr } = await run('credentials', ['--secret-arn', other()], JSON.stringify(GOOD));
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/hush| {4}at /);
  });

  it('stores nothing when something is wrong', async () => {
    const { status, stderr } = await run('credentials', [], 'clientId=1.2');
    expect(status).toBe(1);
    expect(stderr).toContain('signingSecret: is missing');
    expect(await stored()).toEqual({ botToken: 'xoxb-kept' });
  });
});
