import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readRequesterTable } from '../../../bot/approvers/requester-table.ts';
import { greet } from '../../../infra/sandbox/greeting.ts';
import { startSandbox } from '../../../infra/sandbox/sandbox.ts';
import { readSandboxSettings, withoutWorkspace } from '../../../infra/sandbox/settings.ts';
import { readEnvFile } from '../../../infra/settings/env-file.ts';
import {
  DEPLOYER_SETTINGS,
  LIST_SETTINGS,
  SANDBOX_SETTINGS,
} from '../../../workflow/runtime/settings/schema.ts';
import { GENEROUS_HANDLERS, GENEROUS_MS } from '../../support/generous.ts';

const example = parseEnv(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8'));

describe('.env.example', () => {
  test('lists every setting that somebody may set', () => {
    const settings = [...DEPLOYER_SETTINGS, ...SANDBOX_SETTINGS];
    const lists = LIST_SETTINGS.flatMap((name) => [name, `${name}_FILE`]);
    expect(Object.keys(example).sort()).toEqual([...settings, ...lists].sort());
  });

  test('copied as it is, changes nothing', () => {
    expect(readSandboxSettings(example).product).toEqual(readSandboxSettings({}).product);
  });
});

function fileWith(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'policy-guard-settings-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'file');
  writeFileSync(file, text);
  return file;
}

const PATIENCE = { timeout: GENEROUS_MS, interval: 50 };

describe('a .env made for deployment', () => {
  const deployment = () => {
    const file = fileWith(`SLACK_CHANNEL=C0REAL
SLACK_TEAM_ID=T0REAL
APPROVERS=U0REAL
REQUESTER_EMAIL_DOMAIN=real.example
REQUESTER_SLACK_USERS=arn:aws:iam::111122223333:user/build=U0REAL
RESTRICTED_ACTIONS=s3:DeleteBucket,iam:*
REMINDER_SECONDS=600`);
    return withoutWorkspace(readEnvFile(file).values);
  };

  test('leaves the sandbox its people, its channel and its approvers, and sets everything else', () => {
    const usual = readSandboxSettings({});
    const { product, environment, restrictedActions } = readSandboxSettings(deployment());
    expect(product).toEqual({ ...usual.product, REMINDER_SECONDS: 600 });
    expect(readRequesterTable(environment)).toEqual(readRequesterTable(usual.environment));
    expect(restrictedActions).toEqual(['s3:DeleteBucket', 'iam:*']);
  });

  test('lets an approver of the sandbox approve', async () => {
    const sandbox = await startSandbox({
      environment: {
        ...deployment(),
        ...{ SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '0' },
      },
      handlers: GENEROUS_HANDLERS,
      ...{ slackPatienceMs: GENEROUS_MS, leastSeconds: GENEROUS_MS / 1000 },
    });
    onTestFinished(() => sandbox.close());
    await greet(sandbox);
    const inForce = async () =>
      (await sandbox.state()).policies.find(({ name }) => name === 'bucket-housekeeping')?.defaultVersionId;
    const request = await vi.waitUntil(async () => (await sandbox.state()).slack.messages[0], PATIENCE);
    expect(await inForce()).toBe('v2');
    const { channel, ts } = request;
    await sandbox.slack.interactions.click({ user: 'U0ADALOVE', channel, ts, action_id: 'approve' });
    await vi.waitUntil(async () => (await inForce()) === 'v1', PATIENCE);
  });
});

describe('the sandbox’s settings', () => {
  test('need nothing', () => {
    expect(readSandboxSettings({})).toMatchObject({
      pagePort: 3000,
      awsPort: 4566,
      cloudTrailDelayMs: 1000,
      restrictedActions: ['s3:DeleteBucket', 's3:DeleteObject'],
    });
  });

  test('have a group of approvers, and know who the developer is in Slack', () => {
    const { product, environment } = readSandboxSettings({});
    expect(product).toMatchObject({
      ...{ APPROVERS: ['S0SECURIT'], APPROVALS_REQUIRED: 1, REQUESTER_EMAIL_DOMAIN: 'example.com' },
      ...{ MODE: 'enforce', BREAK_GLASS: false, EMAIL_LINKS: 'approve-and-deny', FEDERATED_ROLES: [] },
      ...{ REMINDER_SECONDS: 3_600, ADMIN_EMAIL_SECONDS: 43_200, REQUEST_TIMEOUT_SECONDS: 86_400 },
    });
    expect(readRequesterTable(environment)).toEqual([
      { pattern: 'arn:aws:iam::123456789012:user/developer', slackUserId: 'U0DEVONDE' },
    ]);
  });

  test('take another table of requesters, from a file too', () => {
    const given = { REQUESTER_SLACK_USERS: 'arn:aws:iam::123456789012:user/ada=U0ADALOVE' };
    expect(readSandboxSettings(given).environment).toMatchObject(given);
    const file = fileWith(given.REQUESTER_SLACK_USERS);
    const { environment } = readSandboxSettings({ REQUESTER_SLACK_USERS_FILE: file });
    expect(environment.REQUESTER_SLACK_USERS).toBeUndefined();
  });

  test('refuse an approver list that is too short for its own rule', () => {
    const read = () => readSandboxSettings({ APPROVERS: 'U0ADALOVE', APPROVALS_REQUIRED: '2' });
    expect(read).toThrow('APPROVALS_REQUIRED: 2 people have to approve');
  });

  test('take a named set', () => {
    const { restrictedActions } = readSandboxSettings({ RESTRICTED_ACTIONS: '@privilege-escalation' });
    expect(restrictedActions).toContain('iam:PassRole');
  });

  test('name every bad key, whoever reads it', () => {
    const bad = {
      SANDBOX_AWS_PORT: '99999',
      APPROVERS: 'ada',
      RESTRICTED_ACTIONS: 'nothing',
      EXEMPT_REQUESTERS: 'x',
    };
    expect(() => readSandboxSettings(bad)).toThrow(
      /SANDBOX_AWS_PORT[\s\S]*APPROVERS[\s\S]*nothing[\s\S]*EXEMPT_REQUESTERS/,
    );
  });
});
