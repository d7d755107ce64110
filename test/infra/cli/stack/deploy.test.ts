import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { BARE_ENVIRONMENT } from '../../../support/bare-environment.ts';

const file = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** Runs a script in a folder with this `.env`, or none, and no settings from outside. */
function run(script: string, { dotEnv = '', region = 'us-east-1' } = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'policy-guard-deploy-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  if (dotEnv !== '') writeFileSync(join(cwd, '.env'), dotEnv);
  const env = { ...BARE_ENVIRONMENT, CDK_DEFAULT_REGION: region };
  const { status, stderr } = spawnSync(process.execPath, [file(script)], { cwd, env, encoding: 'utf8' });
  return { status, stderr };
}

it('deploys nothing while nobody has chosen a channel, and says what to do', () => {
  const { status, stderr } = run('infra/cli/stack/deploy.ts');
  expect(status).toBe(1);
  expect(stderr).toBe(
    'Nothing was deployed: SLACK_CHANNEL, SLACK_TEAM_ID and APPROVERS are not set. Copy .env.example to .env and fill it in.\n',
  );
});

it.each(['infra/cli/stack/deploy.ts', 'infra/aws/app.ts'])(
  '%s names every bad key, and nothing else',
  (script) => {
    const { status, stderr } = run(script, { dotEnv: 'SLACK_CHANNEL=general\nADMIN_EMAIL=nobody\n' });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n').slice(1)).toEqual([
      expect.stringContaining('SLACK_CHANNEL: must be'),
      expect.stringContaining('SLACK_TEAM_ID: is missing'),
      expect.stringContaining('APPROVERS: is missing'),
      expect.stringContaining('ADMIN_EMAIL: must be'),
    ]);
  },
);

it('makes no template for a region in which IAM events do not arrive', () => {
  const { status, stderr } = run('infra/aws/app.ts', { region: 'eu-west-1' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^IAM events do not arrive in eu-west-1: .*Set AWS_REGION=us-east-1.*\n$/);
});
