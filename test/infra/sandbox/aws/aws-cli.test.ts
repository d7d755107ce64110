import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../workflow/containment/placeholder.ts';
import { endpointOfThisFile } from '../../../support/aws-endpoint.ts';

const run = promisify(execFile);
const installed = isInstalled();
const endpoint = await endpointOfThisFile();

/** Runs the CLI as one of the well-known callers, without any configuration of the machine. */
async function aws(caller: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { endpoint: url, credentials } = endpoint.config(caller);
  const { stdout } = await run('aws', [...args, '--output', 'json'], {
    env: {
      PATH: process.env.PATH,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
  });
  return stdout === '' ? {} : JSON.parse(stdout);
}

function isInstalled(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!installed)(`the AWS CLI${installed ? '' : ' (not installed here: skipped)'}`, () => {
  test.each([
    ['developer', 'arn:aws:iam::123456789012:user/developer'],
    ['deployer', 'arn:aws:sts::123456789012:assumed-role/deployer/ci-build-42'],
  ])('tells %s who they are', async (caller, Arn) => {
    expect(await aws(caller, 'sts', 'get-caller-identity')).toEqual({
      Account: '123456789012',
      Arn,
      UserId: expect.any(String),
    });
  });

  test('looks up what has been written, and by whom', async () => {
    await aws('deployer', 'iam', 'create-group', '--group-name', 'looked-up');
    const lookUp = (...args: string[]) => aws('developer', 'cloudtrail', 'lookup-events', ...args);
    const { Events } = await lookUp(
      '--lookup-attributes',
      'AttributeKey=ResourceName,AttributeValue=looked-up',
    );
    expect(Events).toMatchObject([{ EventName: 'CreateGroup', Username: 'ci-build-42', ReadOnly: 'false' }]);
    await expect(lookUp('--max-results', '51')).rejects.toThrow('InvalidMaxResultsException');
  });

  test('creates a policy with tags and reads its document back', async () => {
    const created = ['iam', 'create-policy', '--policy-name', 'cli', '--policy-document', PLACEHOLDER];
    const { Policy } = await aws('developer', ...created, '--tags', 'Key=a,Value=b', 'Key=c,Value=');
    expect(Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true });
    const arn = 'arn:aws:iam::123456789012:policy/cli';
    const read = await aws(
      'developer',
      'iam',
      'get-policy-version',
      '--policy-arn',
      arn,
      '--version-id',
      'v1',
    );
    expect(read.PolicyVersion).toMatchObject({ Document: JSON.parse(PLACEHOLDER), IsDefaultVersion: true });
    const tags = await aws('developer', 'iam', 'list-policy-tags', '--policy-arn', arn);
    expect(tags.Tags).toEqual([
      { Key: 'a', Value: 'b' },
      { Key: 'c', Value: '' },
    ]);
  });

  test('pages through a list, and shows an empty one', async () => {
    const { Policies } = await aws(
      'developer',
      'iam',
      'list-policies',
      '--scope',
      'AWS',
      '--page-size',
      '10',
    );
    expect((Policies as unknown[]).length).toBeGreaterThan(40);
    const inline = await aws('developer', 'iam', 'list-user-policies', '--user-name', 'developer');
    expect(inline.PolicyNames).toEqual([]);
  });

  test('shows AWS’s refusals word for word', async () => {
    const malformed = ['iam', 'create-policy', '--policy-name', 'bad', '--policy-document', '{}'];
    await expect(aws('developer', ...malformed)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        'An error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: Syntax errors in policy.',
      ),
    });
    const missing = ['secretsmanager', 'get-secret-value', '--secret-id', 'nothing'];
    await expect(aws('developer', ...missing)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        '(ResourceNotFoundException) when calling the GetSecretValue operation',
      ),
    });
  });

  test('speaks to SNS and DynamoDB too', async () => {
    const { TopicArn } = await aws('root', 'sns', 'create-topic', '--name', 'cli');
    const { Attributes } = await aws('root', 'sns', 'get-topic-attributes', '--topic-arn', String(TopicArn));
    expect(Attributes).toMatchObject({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:cli' });
    expect(await aws('root', 'dynamodb', 'list-tables')).toEqual({ TableNames: [] });
  });
});
