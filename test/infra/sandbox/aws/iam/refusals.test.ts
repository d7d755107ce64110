import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const { send, call, endpoint } = withIam();
let count = 0;

const statement = (parts: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...parts,
});
const document = (parts: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement(parts)] });
const name = () => `name-${++count}`;
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function createPolicy(text = document(), policyName = name()): Promise<string> {
  const input = { PolicyName: policyName, PolicyDocument: text };
  return (await send(new iam.CreatePolicyCommand(input))).Policy?.Arn ?? '';
}

/** The code in AWS's answer; the SDK's error names add `Exception` to some. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    return (error as { Code?: string }).Code ?? String(error);
  }
}

describe('IAM refuses a document that', () => {
  test.each([
    ['is not JSON', '{"Version":'],
    ['is a list', '[]'],
    ['has no Statement', '{"Version":"2012-10-17"}'],
    ['has an unknown Version', '{"Version":"2024-01-01","Statement":[]}'],
    ['has no Version', JSON.stringify({ Statement: [statement()] })],
    ['has the older Version', JSON.stringify({ Version: '2008-10-17', Statement: [statement()] })],
    ['has an Effect in another case', document({ Effect: 'allow' })],
    ['has no Effect', document({ Effect: undefined })],
    ['has both Action and NotAction', document({ NotAction: 'iam:*' })],
    ['has neither', document({ Action: undefined })],
    ['has both Resource and NotResource', document({ NotResource: '*' })],
    ['has no Resource', document({ Resource: undefined })],
    ['has a Principal', document({ Principal: '*' })],
    ['has an action without a service', document({ Action: 'GetObject' })],
    ['has a resource that is no ARN', document({ Resource: 'bucket' })],
    ['has a Sid with a space', document({ Sid: 'My policy' })],
    [
      'has a key twice',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
    ],
  ])('%s', async (_, text) => {
    expect(await codeOf(createPolicy(text))).toBe('MalformedPolicyDocument');
  });

  test.each([
    ['a lone statement object', JSON.stringify({ Version: '2012-10-17', Statement: statement() })],
    ['the placeholder', PLACEHOLDER],
    ['white space up to the limit of the API', document().padEnd(131_072)],
  ])('but not %s', async (_, text) => {
    const arn = await createPolicy(text);
    const { PolicyVersion } = await send(
      new iam.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(text);
  });
});

describe('IAM refuses', () => {
  const big = (characters: number) =>
    document({
      Resource: Array.from(
        { length: characters / 50 },
        (_, i) => `arn:aws:s3:::${String(i).padStart(33, 'x')}`,
      ),
    });

  test('a managed policy over 6,144 characters, white space not counted', async () => {
    expect(await codeOf(createPolicy(big(7_000)))).toBe('LimitExceeded');
    expect(await codeOf(createPolicy(JSON.stringify(JSON.parse(document()), null, 2).padEnd(20_000)))).toBe(
      'accepted',
    );
  });

  test.each([
    ['User', 2_048],
    ['Group', 5_120],
    ['Role', 10_240],
  ])('inline policies of a %s over %d characters in total', async (Entity, limit) => {
    const holder = { [`${Entity}Name`]: name() };
    await call(`Create${Entity}`, { ...holder, AssumeRolePolicyDocument: TRUST });
    const put = (PolicyName: string, PolicyDocument: string) =>
      call(`Put${Entity}Policy`, { ...holder, PolicyName, PolicyDocument });
    expect(await codeOf(put('small', document()))).toBe('accepted');
    expect(await codeOf(put('large', big(limit + 1_000)))).toBe('LimitExceeded');
  });

  test('the sixth version, deleting the default version, and deleting a policy with versions', async () => {
    const arn = await createPolicy();
    const version = { PolicyArn: arn, PolicyDocument: document() };
    for (let more = 0; more < 4; more++) await send(new iam.CreatePolicyVersionCommand(version));
    expect(await codeOf(send(new iam.CreatePolicyVersionCommand(version)))).toBe('LimitExceeded');
    const first = { PolicyArn: arn, VersionId: 'v1' };
    expect(await codeOf(send(new iam.DeletePolicyVersionCommand(first)))).toBe('DeleteConflict');
    expect(await codeOf(send(new iam.DeletePolicyCommand({ PolicyArn: arn })))).toBe('DeleteConflict');
    await send(new iam.DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v5' }));
    const { PolicyVersion } = await send(new iam.CreatePolicyVersionCommand(version));
    expect(PolicyVersion?.VersionId).toBe('v6');
  });

  test('what does not exist', async () => {
    const PolicyArn = 'arn:aws:iam::123456789012:policy/nobody';
    const existing = await createPolicy();
    const calls = [
      () => send(new iam.GetPolicyCommand({ PolicyArn })),
      () => send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn: existing, VersionId: 'v9' })),
      () =>
        send(
          new iam.PutUserPolicyCommand({ UserName: 'nobody', PolicyName: 'p', PolicyDocument: document() }),
        ),
      () => send(new iam.AttachRolePolicyCommand({ RoleName: 'nobody', PolicyArn })),
      () => send(new iam.DetachUserPolicyCommand({ UserName: 'developer', PolicyArn })),
      () => send(new iam.DeleteGroupPolicyCommand({ GroupName: 'developers', PolicyName: 'nothing' })),
    ];
    for (const call of calls) expect(await codeOf(call())).toBe('NoSuchEntity');
  });

  test('a name that is taken, in any case', async () => {
    await createPolicy(document(), 'Taken');
    expect(await codeOf(createPolicy(document(), 'TAKEN'))).toBe('EntityAlreadyExists');
  });

  test('to change what AWS manages', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const version = { PolicyArn, PolicyDocument: document(), SetAsDefault: true };
    expect(await codeOf(send(new iam.CreatePolicyVersionCommand(version)))).not.toBe('accepted');
    expect(await codeOf(send(new iam.DeletePolicyCommand({ PolicyArn })))).not.toBe('accepted');
  });

  test('an unknown key, with 403', async () => {
    const stranger = new iam.IAMClient({
      ...endpoint().config(),
      credentials: { accessKeyId: 'AKIANOBODYXXXEXAMPLE', secretAccessKey: 'x' },
    });
    const error = await stranger.send(new iam.ListPoliciesCommand({})).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(String((error as Error).name)).toBe('InvalidClientTokenId');
  });

  test('names with forbidden characters, and what is missing', async () => {
    expect(await codeOf(createPolicy(document(), 'a b'))).toMatch(/^(ValidationError|InvalidInput)$/);
    expect(await codeOf(createPolicy('x'.repeat(131_073)))).toMatch(
      /ValidationError|MalformedPolicyDocument/,
    );
  });
});

describe('every write makes a CloudTrail record', () => {
  test.each([
    ['developer', 'IAMUser'],
    ['deployer', 'AssumedRole'],
    ['dana', 'AssumedRole'],
    ['root', 'Root'],
  ])('also by %s', async (caller, type) => {
    const before = endpoint().records.length;
    const as = new iam.IAMClient(endpoint().config(caller));
    const policyName = name();
    await as.send(new iam.CreatePolicyCommand({ PolicyName: policyName, PolicyDocument: document() }));
    expect(endpoint().records.slice(before)).toMatchObject([
      {
        eventName: 'CreatePolicy',
        eventSource: 'iam.amazonaws.com',
        userIdentity: { type, accountId: '123456789012' },
        requestParameters: { policyName, policyDocument: document() },
        responseElements: { policy: { arn: expect.stringContaining(policyName), defaultVersionId: 'v1' } },
        recipientAccountId: '123456789012',
        readOnly: false,
      },
    ]);
  });

  test('also a failed one, with its error', async () => {
    const before = endpoint().records.length;
    await codeOf(createPolicy('nonsense'));
    expect(endpoint().records.slice(before)).toMatchObject([
      { eventName: 'CreatePolicy', errorCode: expect.stringContaining('MalformedPolicyDocument') },
    ]);
  });

  test('reading makes none', async () => {
    const before = endpoint().records.length;
    await send(new iam.ListPoliciesCommand({ Scope: 'Local' }));
    expect(endpoint().records).toHaveLength(before);
  });

  test('request parameters over 100 KB are left out', async () => {
    const before = endpoint().records.length;
    await createPolicy(document().padEnd(120_000));
    expect(endpoint().records.at(before)).toMatchObject({
      requestParameters: { omitted: 'true', reason: 'requestParameters too large' },
    });
  });
});
