import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { createRole } from '../../../../../infra/sandbox/aws/iam/roles.ts';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const RoleName = 'r';
const { send, endpoint } = withIam();

const create = (input: Partial<iam.CreateRoleCommandInput> = {}) =>
  send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...input }));

test('a role is created, read, listed and deleted', async () => {
  const { Role: created } = await create({ Path: '/ci/', Description: 'builds', MaxSessionDuration: 7200 });
  const expected = {
    Path: '/ci/',
    RoleName,
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::123456789012:role/ci/r',
    CreateDate: expect.any(Date),
    AssumeRolePolicyDocument: encodeURIComponent(TRUST),
    Description: 'builds',
  };
  expect(created).toEqual(expected);
  const { Role: read } = await send(new iam.GetRoleCommand({ RoleName }));
  expect(read).toEqual({ ...expected, MaxSessionDuration: 7200, RoleLastUsed: {} });
  const { Roles } = await send(new iam.ListRolesCommand({ PathPrefix: '/ci/' }));
  expect(Roles?.map((role) => role.RoleName)).toEqual([RoleName]);
  const profiles = await send(new iam.ListInstanceProfilesForRoleCommand({ RoleName }));
  expect(profiles.InstanceProfiles).toEqual([]);
  await send(new iam.DeleteRoleCommand({ RoleName }));
  await expect(send(new iam.GetRoleCommand({ RoleName }))).rejects.toMatchObject({
    message: 'The role with name r cannot be found.',
  });
});

test('the trust policy can be replaced by a sound one only', async () => {
  await create();
  const PolicyDocument = TRUST.replace('ec2', 'lambda');
  await send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  await expect(
    send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: PLACEHOLDER })),
  ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  const { Role } = await send(new iam.GetRoleCommand({ RoleName }));
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PolicyDocument);
});

test.each([
  ['a name that is taken', { RoleName: 'Deployer' }, 'EntityAlreadyExistsException'],
  ['a name of more than 64 characters', { RoleName: 'x'.repeat(65) }, 'ValidationError'],
  ['sessions of a day', { MaxSessionDuration: 86_400 }, 'ValidationError'],
  [
    'a trust policy that is none',
    { AssumeRolePolicyDocument: PLACEHOLDER },
    'MalformedPolicyDocumentException',
  ],
  [
    'a trust policy of more than 2,048 characters',
    { AssumeRolePolicyDocument: TRUST.replace('ec2', 'x'.repeat(2048)) },
    'LimitExceededException',
  ],
])('%s is refused', async (_, input, name) => {
  await expect(create(input)).rejects.toMatchObject({ name });
});

describe('a role is not deleted while it has', () => {
  test.each([
    [
      'policies attached',
      new iam.AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
      'must detach all policies first.',
    ],
    [
      'inline policies',
      new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: PLACEHOLDER }),
      'must delete policies first.',
    ],
  ] as const)('%s', async (_, command, message) => {
    await create();
    await send(command as iam.AttachRolePolicyCommand);
    await expect(send(new iam.DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: `Cannot delete entity, ${message}`,
    });
  });
});

test.each([
  ['the role of an Identity Center permission set', '/aws-reserved/sso.amazonaws.com/'],
  ['a service-linked role', '/aws-service-role/sso.amazonaws.com/'],
])('%s can be changed by AWS alone', async (_, path) => {
  const { name: RoleName } = createRole(endpoint().aws.iam.state, {
    name: 'of-aws',
    path,
    trustPolicy: TRUST,
  });
  const reserved = { RoleName };
  const calls = [
    new iam.DeleteRolePolicyCommand({ ...reserved, PolicyName: 'p' }),
    new iam.DetachRolePolicyCommand({ ...reserved, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
    new iam.PutRolePolicyCommand({ ...reserved, PolicyName: 'p', PolicyDocument: PLACEHOLDER }),
    new iam.AttachRolePolicyCommand({ ...reserved, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
    new iam.UpdateAssumeRolePolicyCommand({ ...reserved, PolicyDocument: TRUST }),
    new iam.DeleteRoleCommand(reserved),
  ];
  for (const call of calls) {
    await expect(send(call as iam.DeleteRoleCommand)).rejects.toMatchObject({
      name: 'UnmodifiableEntityException',
    });
  }
});
