import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { guardrails } from '../../../../infra/aws/guardrails/guardrails.ts';
import { BARE_ENVIRONMENT } from '../../../support/bare-environment.ts';

const SCRIPT = fileURLToPath(new URL('../../../../infra/cli/guardrails/main.ts', import.meta.url));
const ACCOUNT = '123456789012';

function folder(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(tmpdir(), 'policy-guard-guardrails-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

interface Run {
  args?: string[];
  files?: Readonly<Record<string, unknown>>;
  env?: Record<string, string>;
}

/** Runs the command in a folder with these files, and nothing of this machine's configuration. */
function run({ args = [], files = {}, env = {} }: Run) {
  const cwd = folder(files);
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd,
    env: { ...BARE_ENVIRONMENT, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr, cwd, policies: stdout.split('\n').filter(Boolean) };
}

const given = (account: string, partition = 'aws', region = 'us-east-1', more = {}) =>
  guardrails({
    account,
    partition,
    region,
    qualifier: 'hnb659fds',
    toolkitStack: 'CDKToolkit',
    operator: `arn:${partition}:iam::${account}:role/PolicyGuardOperator`,
    ...more,
  });

const OUTPUTS = {
  PolicyGuard: {
    TopicArn: 'arn:aws-us-gov:sns:us-gov-west-1:210987654321:PolicyGuard-Notices',
    PublicUrl: 'https://a1b2c3d4e5.execute-api.us-gov-west-1.amazonaws.com',
  },
};

describe('npm run -s guardrails prints the policies, and nothing else, on standard output', () => {
  it('for the account that is named', () => {
    const { status, policies } = run({ args: ['--account', ACCOUNT] });
    expect({ status, policies }).toEqual({ status: 0, policies: given(ACCOUNT) });
  });

  it('for the account that CDK would deploy to', () => {
    expect(run({ env: { CDK_DEFAULT_ACCOUNT: ACCOUNT } }).policies).toEqual(given(ACCOUNT));
  });

  it('for the deployment that was made from here, its API included', () => {
    const { policies } = run({ files: { 'cdk-outputs.json': OUTPUTS } });
    expect(policies).toEqual(given('210987654321', 'aws-us-gov', 'us-gov-west-1', { apiId: 'a1b2c3d4e5' }));
  });

  it('for another account without the API of the one that was deployed to', () => {
    const { policies } = run({
      args: ['--account', ACCOUNT, '--partition', 'aws'],
      files: { 'cdk-outputs.json': OUTPUTS },
    });
    expect(policies).toEqual(given(ACCOUNT));
  });

  it('for a partition, in the region where its IAM events arrive', () => {
    const { policies } = run({ args: ['--account', ACCOUNT, '--partition', 'aws-cn'] });
    expect(policies).toEqual(given(ACCOUNT, 'aws-cn', 'cn-north-1'));
  });

  it('from wherever in the partition somebody works', () => {
    const { policies } = run({ args: ['--account', ACCOUNT], env: { AWS_REGION: 'eu-west-1' } });
    expect(policies).toEqual(given(ACCOUNT));
  });

  it('for the bootstrap that cdk.json names', () => {
    const cdk = {
      toolkitStackName: 'CDKToolkit-PolicyGuard',
      context: { '@aws-cdk/core:bootstrapQualifier': 'pguard' },
    };
    const { policies, stderr } = run({ args: ['--account', ACCOUNT], files: { 'cdk.json': cdk } });
    expect(policies).toEqual(
      given(ACCOUNT, 'aws', 'us-east-1', { qualifier: 'pguard', toolkitStack: 'CDKToolkit-PolicyGuard' }),
    );
    expect(stderr).not.toContain('shared by every CDK app');
  });

  it('for the bootstrap, the operator and the API that the options name', () => {
    const { policies } = run({
      args: `--account ${ACCOUNT} --qualifier pguard --toolkit-stack Kit --operator-role team/Op --api-id zz9`.split(
        ' ',
      ),
    });
    expect(policies).toEqual(
      given(ACCOUNT, 'aws', 'us-east-1', {
        qualifier: 'pguard',
        toolkitStack: 'Kit',
        operator: `arn:aws:iam::${ACCOUNT}:role/team/Op`,
        apiId: 'zz9',
      }),
    );
  });

  it('or writes each into a file of a folder, without a line break that would count', () => {
    const { cwd, stdout } = run({ args: ['--account', ACCOUNT, '--out', 'scp'] });
    const files = readdirSync(join(cwd, 'scp')).sort();
    expect(files).toEqual(given(ACCOUNT).map((_, index) => `policy-guard-${index + 1}.json`));
    expect(files.map((file) => readFileSync(join(cwd, 'scp', file), 'utf8'))).toEqual(given(ACCOUNT));
    expect(stdout).toBe('');
  });
});

describe('and says on standard error', () => {
  it('who the operator is, and what else to know', () => {
    const { stderr } = run({ args: ['--account', ACCOUNT] });
    expect(stderr).toContain(`break-glass role is arn:aws:iam::${ACCOUNT}:role/PolicyGuardOperator`);
    expect(stderr).toContain('aws organizations attach-policy');
    expect(stderr).toContain('aws organizations update-policy');
    expect(stderr).toContain('the bootstrap hnb659fds is shared by every CDK app');
    expect(stderr).toContain('or give --api-id');
  });

  it('nothing of the API once its id is known', () => {
    expect(run({ args: ['--account', ACCOUNT, '--api-id', 'a1b2c3d4e5'] }).stderr).not.toContain('--api-id');
  });
});

describe('the operator of IAM Identity Center', () => {
  const NAME = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Guard_';

  it('may be named without the random end, of which the length is known', () => {
    const { stdout } = run({ args: ['--account', ACCOUNT, '--operator-role', `${NAME}*`] });
    expect(stdout).toContain(`role/${NAME}${'?'.repeat(16)}"`);
  });
});

describe('is refused, with what to do instead:', () => {
  it.each<[string, Run, RegExp]>([
    ['no account', {}, /^Which account\?.*--account 123456789012\.\n$/],
    ['an account that is none', { args: ['--account', '12'] }, /^--account "12" cannot be right/],
    ['an option that there is not', { args: ['--acount', ACCOUNT] }, /--acount.*\n.*--help/s],
    [
      'a region where no IAM event arrives',
      { args: ['--account', ACCOUNT, '--region', 'eu-west-1'] },
      /Set AWS_REGION=us-east-1/,
    ],
    [
      'a region of another partition',
      { args: ['--account', ACCOUNT, '--region', 'us-east-1', '--partition', 'aws-cn'] },
      /^The region us-east-1 is in the partition aws, not in aws-cn\./,
    ],
    [
      'a partition where it does not run',
      { args: ['--account', ACCOUNT, '--partition', 'aws-iso'] },
      /aws, aws-us-gov, aws-cn/,
    ],
    [
      'a qualifier that CDK would refuse',
      { args: ['--account', ACCOUNT, '--qualifier', 'far-too-long'] },
      /^--qualifier/,
    ],
    [
      'a pattern of operators',
      { args: ['--account', ACCOUNT, '--operator-role', 'Operator*'] },
      /exact name or ARN/,
    ],
    [
      'a pattern under a path where anybody can make a role',
      { args: ['--account', ACCOUNT, '--operator-role', 'sso.amazonaws.com/AWSReservedSSO_Guard_*'] },
      /exact name or ARN/,
    ],
    [
      'an operator of another account',
      { args: ['--account', ACCOUNT, '--operator-role', 'arn:aws:iam::210987654321:role/Operator'] },
      /one role of the account 123456789012/,
    ],
    [
      'a cdk.json that cannot be read',
      { args: ['--account', ACCOUNT], files: { 'cdk.json': '{' } },
      /cdk\.json is not readable/,
    ],
    [
      'outputs that cannot be read',
      { args: ['--account', ACCOUNT], files: { 'cdk-outputs.json': '{' } },
      /not readable/,
    ],
  ])('%s', (_, how, message) => {
    const { status, stdout, stderr } = run(how);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

it('tells its options', () => {
  const { status, stdout } = run({ args: ['--help'] });
  expect(status).toBe(0);
  for (const option of ['--account', '--region', '--partition', '--qualifier', '--operator-role', '--out']) {
    expect(stdout).toContain(option);
  }
});
