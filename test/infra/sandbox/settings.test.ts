import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSandboxSettings } from '../../../infra/sandbox/settings.ts';
import { schema } from '../../../workflow/settings/schema.ts';

/** What the stack or the sandbox fills in; nobody sets it. */
const FILLED_IN = [
  'TABLE_NAME',
  'TOPIC_ARN',
  'SLACK_SECRET_ARN',
  'LINK_SECRET_ARN',
  'CONTAIN_ROLE_ARN',
  'PUBLIC_URL',
  'EVENT_RULE_NAME',
];
const example = parseEnv(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8'));

describe('.env.example', () => {
  test('lists every setting that somebody may set', () => {
    const settings = Object.keys(schema).filter((name) => !FILLED_IN.includes(name));
    expect(Object.keys(example)).toEqual(expect.arrayContaining(settings));
  });

  test('copied as it is, changes nothing', () => {
    expect(readSandboxSettings(example).product).toEqual(readSandboxSettings({}).product);
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

  test('take a named set', () => {
    const { restrictedActions } = readSandboxSettings({ RESTRICTED_ACTIONS: '@privilege-escalation' });
    expect(restrictedActions).toContain('iam:PassRole');
  });

  test('name every bad key, whoever reads it', () => {
    const bad = { SANDBOX_AWS_PORT: '99999', APPROVERS: 'ada', RESTRICTED_ACTIONS: 'nothing' };
    expect(() => readSandboxSettings(bad)).toThrow(/SANDBOX_AWS_PORT[\s\S]*APPROVERS[\s\S]*nothing/);
  });
});
