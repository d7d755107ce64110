import { expect, test } from 'vitest';
import { requireTrustPolicy } from '../../../../../../infra/sandbox/aws/iam/policy-document/trust-policy.ts';

const withStatement = (parts: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole', ...parts },
    ],
  });

test.each([
  ['no JSON', '{"Version":', 'This policy contains invalid Json'],
  ['a resource', withStatement({ Resource: '*' }), 'Has prohibited field Resource'],
  ['no principal', withStatement({ Principal: undefined }), 'Missing required field Principal'],
  ['no action', withStatement({ Action: undefined }), 'Missing required field Action'],
  [
    'an action of another service',
    withStatement({ Action: ['sts:AssumeRole', 's3:GetObject'] }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
])('a trust policy with %s is refused', (_, document, message) => {
  expect(() => requireTrustPolicy(document)).toThrow(
    expect.objectContaining({ code: 'MalformedPolicyDocument', message }),
  );
});

test.each([
  ['a service', withStatement({})],
  ['a service, of the older version', withStatement({}).replace('2012', '2008')],
  ['two actions', withStatement({ Action: ['sts:AssumeRole', 'sts:TagSession'] })],
  ['everybody but one', withStatement({ Principal: undefined, NotPrincipal: { AWS: '123456789012' } })],
])('a trust policy for %s is accepted', (_, document) => {
  expect(() => requireTrustPolicy(document)).not.toThrow();
});
