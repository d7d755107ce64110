import * as iam from '@aws-sdk/client-iam';
import { beforeEach, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const PolicyArn = 'arn:aws:iam::123456789012:policy/p';
const { send } = withIam();

beforeEach(async () => {
  await send(new iam.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: PLACEHOLDER }));
});

const createVersion = (input: Partial<iam.CreatePolicyVersionCommandInput> = {}) =>
  send(new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: PLACEHOLDER, ...input }));
const setDefault = (VersionId: string) =>
  send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }));
const deleteVersion = (VersionId: string) =>
  send(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId }));
const versions = async () => {
  const { Versions } = await send(new iam.ListPolicyVersionsCommand({ PolicyArn }));
  return Versions?.map(({ VersionId, IsDefaultVersion }) => (IsDefaultVersion ? `${VersionId}*` : VersionId));
};

test('a new version is in force only when it is asked for', async () => {
  const { PolicyVersion: quiet } = await createVersion();
  expect(quiet).toEqual({ VersionId: 'v2', IsDefaultVersion: false, CreateDate: expect.any(Date) });
  const { PolicyVersion: loud } = await createVersion({ SetAsDefault: true });
  expect(loud).toMatchObject({ VersionId: 'v3', IsDefaultVersion: true });
  expect(await versions()).toEqual(['v3*', 'v2', 'v1']);
  const { Policy } = await send(new iam.GetPolicyCommand({ PolicyArn }));
  expect(Policy?.DefaultVersionId).toBe('v3');
});

test('another version can be put in force, and the first one deleted then', async () => {
  await createVersion();
  await setDefault('v2');
  await deleteVersion('v1');
  expect(await versions()).toEqual(['v2*']);
});

test('numbers are not given again', async () => {
  await createVersion();
  await deleteVersion('v2');
  await createVersion();
  expect(await versions()).toEqual(['v3', 'v1*']);
});

test.each([
  [
    'the sixth version',
    async () => {
      for (let i = 0; i < 5; i++) await createVersion();
    },
    'LimitExceededException',
    'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  ],
  [
    'deleting what is in force',
    () => deleteVersion('v1'),
    'DeleteConflictException',
    'Cannot delete the default version of a policy.',
  ],
  [
    'a version that is not there',
    () => setDefault('v7'),
    'NoSuchEntityException',
    `Policy ${PolicyArn} version v7 does not exist or is not attachable.`,
  ],
  [
    'something that is no version',
    () => setDefault('latest'),
    'ValidationError',
    "1 validation error detected: Value 'latest' at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
  ],
  [
    'a new version of a policy of AWS',
    () => createVersion({ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    'AccessDenied',
    'Policy is outside your own account.',
  ],
  [
    'a version larger than 6,144 characters',
    () =>
      createVersion({
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${'x'.repeat(6144)}` },
        }),
      }),
    'LimitExceededException',
    'Cannot exceed quota for PolicySize: 6144',
  ],
])('%s is refused, and nothing changes', async (what, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message });
  expect(await versions()).toEqual(what === 'the sixth version' ? ['v5', 'v4', 'v3', 'v2', 'v1*'] : ['v1*']);
});
