import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readDeploymentSettings } from '../../../infra/aws/deployment-settings.ts';
import { problemsOf } from '../../support/problems-of.ts';

/** A folder with this `.env`, or with none. */
function folder(dotEnv?: string): string {
  const path = mkdtempSync(join(tmpdir(), 'policy-guard-settings-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  if (dotEnv !== undefined) writeFileSync(join(path, '.env'), dotEnv);
  return path;
}

const COMPLETE = 'SLACK_CHANNEL=C0SECURITY\nSLACK_TEAM_ID=T0EXAMPLE\nAPPROVERS=S0SECURITY\n';

it('reads the settings from .env, with their defaults', () => {
  expect(readDeploymentSettings(folder(COMPLETE), {})).toMatchObject({
    SLACK_CHANNEL: 'C0SECURITY',
    REQUEST_TIMEOUT_SECONDS: 86_400,
    REMINDER_SECONDS: 3_600,
    ADMIN_EMAIL_SECONDS: 43_200,
    APPROVALS_REQUIRED: 1,
    EMAIL_LINKS: 'approve-and-deny',
    BREAK_GLASS: false,
    MODE: 'enforce',
    CREATE_TRAIL: false,
    RESERVE_CONCURRENCY: true,
    lists: {},
    exemptions: [],
    isExample: false,
  });
});

it('lets the environment win over .env', () => {
  const settings = readDeploymentSettings(folder(COMPLETE), { SLACK_CHANNEL: 'C0OTHER' });
  expect(settings).toMatchObject({ SLACK_CHANNEL: 'C0OTHER', SLACK_TEAM_ID: 'T0EXAMPLE' });
});

it('takes examples where nobody has chosen anything, and says that they are', () => {
  expect(readDeploymentSettings(folder(), {})).toMatchObject({
    SLACK_CHANNEL: 'C0123456789',
    SLACK_TEAM_ID: 'T0123456789',
    APPROVERS: ['S0123456789'],
    isExample: true,
  });
});

it.each([
  ['.env', () => readDeploymentSettings(folder('SLACK_CHANNEL=\nADMIN_EMAIL=a@example.com\n'), {})],
  ['the environment', () => readDeploymentSettings(folder(), { SLACK_CHANNEL: 'C0SECURITY' })],
])('never fills a gap in %s with an example', (_, read) => {
  expect(problemsOf(read)).toEqual(
    expect.arrayContaining(['SLACK_TEAM_ID: is missing', 'APPROVERS: is missing']),
  );
});

it('takes no approvers without a channel for examples', () => {
  const problems = problemsOf(() => readDeploymentSettings(folder(), { APPROVERS: 'U0ADALOVE' }));
  expect(problems).toEqual(['SLACK_CHANNEL: is missing', 'SLACK_TEAM_ID: is missing']);
});

it('names every bad key at once, those of all lists too', () => {
  const dotEnv = [
    'SLACK_CHANNEL=#security',
    'ADMIN_EMAIL=nobody',
    'CREATE_TRAIL=yes',
    'REMINDER_SECONDS=soon',
    'RESTRICTED_ACTIONS=s3:DeleteBucket,@no-such-set,nonsense',
    'EXEMPT_REQUESTERS=arn:aws:iam::123456789012:role/deployer',
    'REQUESTER_SLACK_USERS=alice=U0ALICE',
    'APPROVERS=ada',
    'MODE=later',
  ].join('\n');
  const keys = problemsOf(() => readDeploymentSettings(folder(dotEnv), {})).map(
    (problem) => problem.split(':')[0],
  );
  expect(keys.sort()).toEqual(
    [
      ...['ADMIN_EMAIL', 'APPROVERS', 'CREATE_TRAIL', 'EXEMPT_REQUESTERS', 'MODE', 'REMINDER_SECONDS'],
      ...['REQUESTER_SLACK_USERS', 'RESTRICTED_ACTIONS', 'RESTRICTED_ACTIONS'],
      ...['SLACK_CHANNEL', 'SLACK_TEAM_ID'],
    ].sort(),
  );
});

it('keeps the lists as they were written, from a file too', () => {
  const directory = folder();
  const file = join(directory, 'requesters.txt');
  writeFileSync(file, 'arn:aws:iam::123456789012:user/alice=U0ALICE # Alice\n');
  const settings = readDeploymentSettings(directory, {
    ...{ SLACK_CHANNEL: 'C0SECURITY', SLACK_TEAM_ID: 'T0EXAMPLE', APPROVERS: 'S0SECURITY' },
    RESTRICTED_ACTIONS: 's3:DeleteBucket,@data-exposure',
    EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:role/deployer until 2026-12-31: the migration',
    REQUESTER_SLACK_USERS_FILE: file,
  });
  expect(settings.lists).toEqual({
    RESTRICTED_ACTIONS: 's3:DeleteBucket,@data-exposure',
    EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:role/deployer until 2026-12-31: the migration',
    REQUESTER_SLACK_USERS: 'arn:aws:iam::123456789012:user/alice=U0ALICE # Alice\n',
  });
  expect(settings.exemptions).toMatchObject([{ until: '2026-12-31', reason: 'the migration' }]);
});

it('refuses an approver list that is too short for its own rule', () => {
  const dotEnv =
    'SLACK_CHANNEL=C0SECURITY\nSLACK_TEAM_ID=T0EXAMPLE\nAPPROVERS=U0ADALOVE\nAPPROVALS_REQUIRED=2\n';
  expect(problemsOf(() => readDeploymentSettings(folder(dotEnv), {}))).toEqual([
    expect.stringMatching(/^APPROVALS_REQUIRED: 2 people have to approve, and APPROVERS names 1/),
  ]);
});

it('accepts .env.example once its three required settings are filled in', () => {
  const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const missing = problemsOf(() => readDeploymentSettings(folder(example), {}));
  expect(missing).toEqual(
    ['SLACK_CHANNEL', 'SLACK_TEAM_ID', 'APPROVERS'].map((name) => `${name}: is missing`),
  );
  expect(readDeploymentSettings(folder(`${example}\n${COMPLETE}`), {}).isExample).toBe(false);
});
