import * as secrets from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

const SecretId = 'guard/slack';
let endpoint: RunningEndpoint;
let client: secrets.SecretsManagerClient;

beforeEach(async () => {
  endpoint = await startAwsEndpoint();
  client = new secrets.SecretsManagerClient(endpoint.config());
});
afterEach(() => endpoint.stop());

const create = (input: Partial<secrets.CreateSecretCommandInput> = {}) =>
  client.send(new secrets.CreateSecretCommand({ Name: SecretId, SecretString: 'first', ...input }));
const get = (input: Partial<secrets.GetSecretValueCommandInput> = {}) =>
  client.send(new secrets.GetSecretValueCommand({ SecretId, ...input }));
const put = (SecretString: string, more: Partial<secrets.PutSecretValueCommandInput> = {}) =>
  client.send(new secrets.PutSecretValueCommand({ SecretId, SecretString, ...more }));

test('a secret is found by its name, its ARN, and its ARN without the ending', async () => {
  const { ARN = '' } = await create();
  expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:guard\/slack-\w{6}$/);
  for (const id of [SecretId, ARN, ARN.slice(0, -7)]) {
    expect(await get({ SecretId: id })).toMatchObject({
      ARN,
      Name: SecretId,
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date),
    });
  }
});

test('binary values come back as they were', async () => {
  const bytes = new Uint8Array([0, 255, 10]);
  await create({ SecretString: undefined, SecretBinary: bytes });
  expect(new Uint8Array((await get()).SecretBinary ?? [])).toEqual(bytes);
});

test('a new value is current, the one before it previous, older ones have no stage', async () => {
  const { VersionId: first } = await create();
  await put('second');
  await client.send(new secrets.UpdateSecretCommand({ SecretId, SecretString: 'third', Description: 'd' }));
  expect((await get()).SecretString).toBe('third');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
  expect((await get({ VersionId: first })).SecretString).toBe('first');
  const described = await client.send(new secrets.DescribeSecretCommand({ SecretId }));
  expect(described).toMatchObject({ Name: SecretId, Description: 'd', LastChangedDate: expect.any(Date) });
  expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
});

test('the same token with the same value is the same call; with another value it is refused', async () => {
  await create();
  const ClientRequestToken = '0'.repeat(32);
  expect((await put('second', { ClientRequestToken })).VersionId).toBe(ClientRequestToken);
  await put('third');
  await put('second', { ClientRequestToken });
  expect((await get()).SecretString).toBe('third');
  await expect(put('other', { ClientRequestToken })).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
});

test('secrets are listed without their values', async () => {
  await create({ Tags: [{ Key: 'k', Value: 'v' }] });
  const { SecretList } = await client.send(new secrets.ListSecretsCommand({}));
  expect(SecretList).toMatchObject([{ Name: SecretId, Tags: [{ Key: 'k', Value: 'v' }] }]);
  expect(JSON.stringify(SecretList)).not.toContain('first');
});

describe('a deleted secret', () => {
  const remove = (more: Partial<secrets.DeleteSecretCommandInput> = {}) =>
    client.send(new secrets.DeleteSecretCommand({ SecretId, ...more }));

  test('waits for thirty days, cannot be used and keeps its name', async () => {
    await create();
    const { DeletionDate } = await remove();
    expect((DeletionDate?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 24 * 3600 * 1000);
    const refused = { name: 'InvalidRequestException' };
    await expect(get()).rejects.toMatchObject(refused);
    await expect(put('x')).rejects.toMatchObject(refused);
    await expect(create()).rejects.toMatchObject({ name: 'ResourceExistsException' });
    expect((await client.send(new secrets.ListSecretsCommand({}))).SecretList).toEqual([]);
    const described = await client.send(new secrets.DescribeSecretCommand({ SecretId }));
    expect(described.DeletedDate).toEqual(DeletionDate);
  });

  test('is gone at once when that is asked for', async () => {
    await create();
    await remove({ ForceDeleteWithoutRecovery: true });
    await create({ SecretString: 'again' });
    expect((await get()).SecretString).toBe('again');
  });
});

describe('refused is', () => {
  test.each([
    [
      'a secret that is not there',
      () => get(),
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    ],
    [
      'a value that is not there',
      async () => {
        await create({ SecretString: undefined });
        return get();
      },
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    ],
    [
      'a version that is not there',
      async () => {
        await create();
        return get({ VersionId: 'x' });
      },
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for VersionId: x",
    ],
    [
      'a name that is taken',
      async () => {
        await create();
        return create();
      },
      'ResourceExistsException',
      'The operation failed because the secret guard/slack already exists.',
    ],
    [
      'a name with a space',
      () => create({ Name: 'a b' }),
      'ValidationException',
      expect.stringContaining("'name'"),
    ],
    [
      'text and bytes at once',
      () => create({ SecretBinary: new Uint8Array([1]) }),
      'InvalidParameterException',
      expect.stringContaining('both'),
    ],
    [
      'a new version without a value',
      async () => {
        await create();
        return client.send(new secrets.PutSecretValueCommand({ SecretId }));
      },
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary.',
    ],
  ])('%s', async (_, call, name, message) => {
    await expect(call()).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
  });
});
