import { describe, expect, test } from 'vitest';
import recorded from '../../../../../fixtures/events/create-policy.json' with { type: 'json' };
import { isIamWrite, isInHistory, toRecord } from '../../../../../infra/sandbox/aws/cloudtrail/record.ts';
import type { CompletedCall } from '../../../../../infra/sandbox/aws/front-door/completed-call.ts';
import { AwsError, type Caller } from '../../../../../infra/sandbox/aws/front-door/service.ts';

const caller: Caller = {
  accessKeyId: 'AKIADEVELOPEREXAMPLE',
  accountId: '123456789012',
  arn: 'arn:aws:iam::123456789012:user/developer',
  userId: 'AIDAX',
  userIdentity: { type: 'IAMUser', userName: 'developer' },
};
const call = (parts: Partial<CompletedCall> = {}): CompletedCall => ({
  service: 'iam',
  operation: 'CreatePolicy',
  input: { PolicyName: 'p', PolicyDocument: '{}' },
  caller,
  requestId: 'request',
  userAgent: 'aws-cli/2.32.0',
  sourceIp: '127.0.0.1',
  at: new Date('2026-11-23T09:02:30.987Z'),
  output: {},
  ...parts,
});

test('a record has every field of a real one', () => {
  expect(Object.keys(toRecord(call())).sort()).toEqual(Object.keys(recorded.detail).sort());
});

test('it says who did what, when, from where', () => {
  expect(toRecord(call())).toMatchObject({
    userIdentity: caller.userIdentity,
    eventTime: '2026-11-23T09:02:30Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreatePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '127.0.0.1',
    userAgent: 'aws-cli/2.32.0',
    requestID: 'request',
    eventID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    recipientAccountId: '123456789012',
  });
  expect(toRecord(call()).eventID).not.toBe(toRecord(call()).eventID);
});

test('a service that calls on someone’s behalf stands for address and client', () => {
  const invokedBy = 'cloudformation.amazonaws.com';
  const through = { ...caller, userIdentity: { ...caller.userIdentity, invokedBy } };
  expect(toRecord(call({ caller: through }))).toMatchObject({
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
  });
});

describe('a call that failed', () => {
  const failed = (error: AwsError) => toRecord(call({ output: undefined, error }));

  test.each([
    ['NoSuchEntity', 'NoSuchEntityException'],
    ['MalformedPolicyDocument', 'MalformedPolicyDocumentException'],
    ['ValidationError', 'ValidationException'],
  ])('with %s is recorded as %s, with what was asked for', (code, errorCode) => {
    expect(failed(new AwsError(code, 'why'))).toMatchObject({
      errorCode,
      errorMessage: 'why',
      requestParameters: { policyName: 'p', policyDocument: '{}' },
      responseElements: null,
    });
  });

  test('with AccessDenied is recorded without what was asked for', () => {
    expect(failed(new AwsError('AccessDenied', 'no', 403))).toMatchObject({
      errorCode: 'AccessDenied',
      requestParameters: null,
    });
  });
});

test.each([
  ['iam', 'CreatePolicy', true],
  ['iam', 'PutRolePolicy', true],
  ['iam', 'DeleteUser', true],
  ['iam', 'GetPolicy', false],
  ['iam', 'ListPolicies', false],
  ['sns', 'CreateTopic', false],
])('%s:%s is an IAM write: %s', (service, operation, expected) => {
  expect(isIamWrite(call({ service, operation }))).toBe(expected);
});

test.each([
  ['iam', 'PutRolePolicy', true],
  ['states', 'StartExecution', true],
  ['states', 'RedriveExecution', true],
  ['states', 'DescribeExecution', false],
  ['sns', 'Publish', false],
])('%s:%s can be looked up: %s', (service, operation, expected) => {
  expect(isInHistory(call({ service, operation }))).toBe(expected);
});
