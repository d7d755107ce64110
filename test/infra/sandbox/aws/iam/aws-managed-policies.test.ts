import { expect, test } from 'vitest';
import { readAwsManagedPolicies } from '../../../../../infra/sandbox/aws/iam/aws-managed-policies.ts';

const policies = readAwsManagedPolicies();

test.each([
  'AdministratorAccess',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'AmazonS3FullAccess',
  'service-role/AWSLambdaBasicExecutionRole',
  'job-function/ViewOnlyAccess',
])('%s is there with its document and the id of its version', (name) => {
  const policy = policies.get(`arn:aws:iam::aws:policy/${name}`);
  expect(policy).toMatchObject({ awsManaged: true, name: name.split('/').at(-1) });
  expect(policy?.versions).toMatchObject([{ number: policy?.defaultVersion }]);
  expect(JSON.parse(policy?.versions[0]?.document ?? '')).toMatchObject({ Version: '2012-10-17' });
});

test('AdministratorAccess is what it is on AWS', () => {
  const [version] = policies.get('arn:aws:iam::aws:policy/AdministratorAccess')?.versions ?? [];
  expect(JSON.parse(version?.document ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
});

test('each sandbox has dates of its own, by the clock that is there when it starts', () => {
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const [one, other] = [readAwsManagedPolicies().get(arn), readAwsManagedPolicies().get(arn)];
  expect(one?.createdAt).toEqual(other?.createdAt);
  expect(one?.createdAt).not.toBe(other?.createdAt);
});
