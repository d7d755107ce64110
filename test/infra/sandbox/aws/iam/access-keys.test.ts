import * as iam from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { withIam } from './with-iam.ts';

const { send, endpoint } = withIam();

test('whoever signs with a new key is its user, until the key is deleted', async () => {
  const UserName = 'alice';
  await send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await send(new iam.CreateAccessKeyCommand({ UserName }));
  const alice = new iam.IAMClient({
    ...endpoint().config(),
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  });
  expect((await alice.send(new iam.GetUserCommand({}))).User?.UserName).toBe('alice');
  await alice.send(new iam.DeleteAccessKeyCommand({ AccessKeyId: AccessKey?.AccessKeyId }));
  expect(endpoint().records.at(-1)).toMatchObject({ userIdentity: { userName: 'alice' } });
  await expect(alice.send(new iam.GetUserCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

test('keys are listed without their secrets, and CloudTrail never has one', async () => {
  const { AccessKey } = await send(new iam.CreateAccessKeyCommand({}));
  const { AccessKeyMetadata } = await send(new iam.ListAccessKeysCommand({}));
  expect(AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId)).toEqual([
    'AKIADEVELOPEREXAMPLE',
    AccessKey?.AccessKeyId,
  ]);
  expect(JSON.stringify(endpoint().records)).not.toContain(AccessKey?.SecretAccessKey);
  expect(endpoint().records[0]?.responseElements).toEqual({
    accessKey: {
      userName: 'developer',
      accessKeyId: AccessKey?.AccessKeyId,
      status: 'Active',
      createDate: expect.any(String),
    },
  });
});

test('a user has two keys at most', async () => {
  await send(new iam.CreateAccessKeyCommand({}));
  await expect(send(new iam.CreateAccessKeyCommand({}))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  });
});

test('a key that is not there cannot be deleted', async () => {
  const AccessKeyId = 'AKIANOBODYXXXEXAMPLE';
  await expect(send(new iam.DeleteAccessKeyCommand({ AccessKeyId }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});
