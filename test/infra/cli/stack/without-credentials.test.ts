import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BARE_ENVIRONMENT } from '../../../support/bare-environment.ts';

const CHOSEN = 'SLACK_CHANNEL=C0SECURITY\nSLACK_TEAM_ID=T0EXAMPLE\nAPPROVERS=S0SECURITY\n';

/** Runs a command in an empty home, next to a filled-in `.env` and a CDK that only leaves a trace. */
function run(command: string, environment: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'policy-guard-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  writeFileSync(join(home, '.env'), CHOSEN);
  const npx = join(home, 'npx');
  writeFileSync(npx, `#!/bin/sh\ntouch ${join(home, 'synthesised')}\nexit 1\n`, { mode: 0o755 });
  const { status, stderr } = spawnSync(process.execPath, [resolve(`infra/cli/stack/${command}.ts`)], {
    cwd: home,
    encoding: 'utf8',
    env: {
      ...BARE_ENVIRONMENT,
      PATH: `${home}:${process.env.PATH}`,
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...environment,
    },
  });
  return { status, stderr, synthesised: existsSync(join(home, 'synthesised')) };
}

it.each([
  ['deploy', 'Nothing was deployed'],
  ['diff', 'Nothing was compared'],
  ['destroy', 'Nothing was destroyed'],
])('%s says before it starts the CDK that there are no credentials, and how to get some', (command, what) => {
  const { status, stderr, synthesised } = run(command);
  expect({ status, synthesised }).toEqual({ status: 1, synthesised: false });
  expect(stderr).toContain(`${what}: there are no AWS credentials`);
  for (const way of ['aws configure sso', 'AWS_PROFILE']) expect(stderr).toContain(way);
});

it('takes a profile that there is not for none', () => {
  expect(run('diff', { AWS_PROFILE: 'nobody' })).toMatchObject({ status: 1, synthesised: false });
});

it('goes on to the CDK with credentials', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  expect(run('diff', keys)).toMatchObject({ status: 1, synthesised: true });
});
