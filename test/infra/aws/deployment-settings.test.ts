import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readDeploymentSettings } from '../../../infra/aws/deployment-settings.ts';
import { SettingsError } from '../../../workflow/settings/settings.ts';

/** A folder with this `.env`, or with none. */
function folder(dotEnv?: string): string {
  const path = mkdtempSync(join(tmpdir(), 'policy-guard-settings-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  if (dotEnv !== undefined) writeFileSync(join(path, '.env'), dotEnv);
  return path;
}

const COMPLETE = 'SLACK_CHANNEL=C0SECURITY\nSLACK_TEAM_ID=T0EXAMPLE\n';

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

it('reads the settings from .env, with their defaults', () => {
  expect(readDeploymentSettings(folder(COMPLETE), {})).toMatchObject({
    SLACK_CHANNEL: 'C0SECURITY',
    REQUEST_TIMEOUT_SECONDS: 86_400,
    CREATE_TRAIL: false,
    restrictedActions: [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject' }],
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
    isExample: true,
  });
});

it.each([
  ['.env', () => readDeploymentSettings(folder('SLACK_CHANNEL=\nADMIN_EMAIL=a@example.com\n'), {})],
  ['the environment', () => readDeploymentSettings(folder(), { SLACK_CHANNEL: 'C0SECURITY' })],
])('never fills a gap in %s with an example', (_, read) => {
  expect(problemsOf(read)).toContainEqual('SLACK_TEAM_ID: is missing');
});

it('names every bad key at once, the restricted actions too', () => {
  const dotEnv = [
    'SLACK_CHANNEL=#security',
    'ADMIN_EMAIL=nobody',
    'CREATE_TRAIL=yes',
    'REMINDER_SECONDS=soon',
    'RESTRICTED_ACTIONS=s3:DeleteBucket,@no-such-set,nonsense',
  ].join('\n');
  const keys = problemsOf(() => readDeploymentSettings(folder(dotEnv), {})).map(
    (problem) => problem.split(':')[0],
  );
  expect(keys.sort()).toEqual(
    [
      ...['ADMIN_EMAIL', 'CREATE_TRAIL', 'REMINDER_SECONDS', 'RESTRICTED_ACTIONS', 'RESTRICTED_ACTIONS'],
      ...['SLACK_CHANNEL', 'SLACK_TEAM_ID'],
    ].sort(),
  );
});

it('accepts .env.example once its two required settings are filled in', () => {
  const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const missing = problemsOf(() => readDeploymentSettings(folder(example), {}));
  expect(missing).toEqual(['SLACK_CHANNEL: is missing', 'SLACK_TEAM_ID: is missing']);
  expect(readDeploymentSettings(folder(`${example}\n${COMPLETE}`), {}).isExample).toBe(false);
});
