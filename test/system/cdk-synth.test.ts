import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';

it('npx cdk synth makes a template without credentials, configuration, settings or network', () => {
  const home = mkdtempSync(join(tmpdir(), 'policy-guard-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--output', join(home, 'cdk.out')],
    {
      encoding: 'utf8',
      env: {
        ...BARE_ENVIRONMENT,
        HOME: home,
        // Whatever would reach out ends here.
        HTTPS_PROXY: 'http://127.0.0.1:9',
        AWS_EC2_METADATA_DISABLED: 'true',
        // A developer's own .env plays no part: the environment wins over it.
        SLACK_CHANNEL: 'C0SECURITY',
        SLACK_TEAM_ID: 'T0EXAMPLE',
        APPROVERS: 'S0SECURITY',
      },
    },
  );
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  // What is said is for whoever deploys: warnings about the settings, and nothing of the CDK's own.
  expect(stdout).toBe('');
  expect(stderr).toContain('ADMIN_EMAIL is not set');
  expect(stderr).not.toMatch(/Bundling asset|feature flags/);
  const template = JSON.parse(readFileSync(join(home, 'cdk.out', 'PolicyGuard.template.json'), 'utf8'));
  const codes = Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) =>
      join(home, 'cdk.out', `asset.${Properties.Code.S3Key.replace('.zip', '')}`, 'index.js'),
    );
  expect(codes).toHaveLength(7);
  expect(codes.filter((code) => !existsSync(code))).toEqual([]);
});
