import { beforeEach, describe, expect, test } from 'vitest';
import { createIamBackend } from '../../../../../infra/sandbox/aws/iam/iam-backend.ts';
import { createCallers } from '../../../../../infra/sandbox/aws/sts/callers.ts';
import {
  addFunctionRole,
  addWellKnownCallers,
  functionSession,
} from '../../../../../infra/sandbox/aws/sts/well-known-callers.ts';

const now = () => new Date('2026-11-23T09:02:30.500Z');
let iam = createIamBackend({ accountId: '123456789012', now }).state;
let callers = createCallers(iam);

beforeEach(() => {
  iam = createIamBackend({ accountId: '123456789012', now }).state;
  callers = createCallers(iam);
});

describe('a well-known key', () => {
  const identityOf = (id: string) => {
    const known = addWellKnownCallers(iam, callers).find((caller) => caller.id === id);
    if (known === undefined) throw new Error(`There is no caller ${id}.`);
    const { accessKeyId, sessionToken } = known.credentials;
    return callers.authenticate(accessKeyId, sessionToken).caller.userIdentity;
  };

  test('of developer is that of an IAM user that exists', () => {
    expect(identityOf('developer')).toEqual({
      type: 'IAMUser',
      principalId: iam.users.get('developer')?.id,
      arn: 'arn:aws:iam::123456789012:user/developer',
      accountId: '123456789012',
      accessKeyId: 'AKIADEVELOPEREXAMPLE',
      userName: 'developer',
    });
  });

  test('of margaret is that of another IAM user', () => {
    expect(identityOf('margaret')).toMatchObject({
      ...{ type: 'IAMUser', userName: 'margaret.hamilton', accessKeyId: 'AKIAMARGARETXEXAMPLE' },
      arn: 'arn:aws:iam::123456789012:user/margaret.hamilton',
    });
  });

  test('of deployer is that of a session of a role that exists', () => {
    const role = iam.roles;
    expect(identityOf('deployer')).toEqual({
      type: 'AssumedRole',
      principalId: `${role.get('deployer')?.id}:ci-build-42`,
      arn: 'arn:aws:sts::123456789012:assumed-role/deployer/ci-build-42',
      accountId: '123456789012',
      accessKeyId: 'ASIADEPLOYERXEXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: role.get('deployer')?.id,
          arn: 'arn:aws:iam::123456789012:role/deployer',
          accountId: '123456789012',
          userName: 'deployer',
        },
        attributes: { creationDate: '2026-11-23T09:02:30Z', mfaAuthenticated: 'false' },
      },
    });
  });

  test('of dana is that of an Identity Center session that bears her e-mail', () => {
    expect(identityOf('dana')).toMatchObject({
      type: 'AssumedRole',
      arn: expect.stringMatching(
        /assumed-role\/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/dana@example\.com$/,
      ),
      sessionContext: {
        sessionIssuer: {
          arn: expect.stringContaining(':role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_'),
        },
      },
    });
  });

  test('of cloudformation names the service that calls', () => {
    expect(identityOf('cloudformation')).toMatchObject({
      type: 'AssumedRole',
      invokedBy: 'cloudformation.amazonaws.com',
    });
  });

  test('of root has neither a name nor a session', () => {
    expect(identityOf('root')).toEqual({
      type: 'Root',
      principalId: '123456789012',
      arn: 'arn:aws:iam::123456789012:root',
      accountId: '123456789012',
      accessKeyId: 'AKIAROOTUSERXEXAMPLE',
    });
  });
});

test('a function calls as its role, in a session named after the function', () => {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:contain';
  const role = addFunctionRole(iam, 'contain-role');
  const credentials = functionSession(callers, role, functionArn);
  expect(role.arn).toBe('arn:aws:iam::123456789012:role/contain-role');
  expect(callers.authenticate(credentials.accessKeyId, credentials.sessionToken).caller).toMatchObject({
    arn: 'arn:aws:sts::123456789012:assumed-role/contain-role/contain',
    sourceFunctionArn: functionArn,
    userIdentity: { sessionContext: { sessionIssuer: { arn: role.arn } } },
  });
});

test.each([
  ['is missing', undefined],
  ['is another one', 'sandbox-session-of-dana'],
])('temporary credentials are refused when the session token %s', (_, token) => {
  addWellKnownCallers(iam, callers);
  expect(() => callers.authenticate('ASIADEPLOYERXEXAMPLE', token)).toThrow(
    expect.objectContaining({ code: 'InvalidClientTokenId', status: 403 }),
  );
});
