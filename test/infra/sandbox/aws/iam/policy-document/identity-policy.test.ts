import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requireIdentityPolicy } from '../../../../../../infra/sandbox/aws/iam/policy-document/identity-policy.ts';
import { PLACEHOLDER } from '../../../../../../workflow/containment/placeholder.ts';

const withStatement = (parts: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', ...parts },
  });
const SYNTAX = 'Syntax errors in policy.';
const OLD = 'Policy document must be version 2012-10-17 or greater.';
const ofVersion = (Version?: string) => JSON.stringify({ ...JSON.parse(withStatement({})), Version });

test.each([
  ['no JSON', '{', SYNTAX],
  ['null', 'null', SYNTAX],
  ['a space before it', ` ${PLACEHOLDER}`, 'JSON strings must not have leading spaces'],
  ['an element that policies do not have', '{"Statements":[]}', SYNTAX],
  ['an empty list of statements', '{"Statement":[]}', SYNTAX],
  ['an Id that is no text', '{"Id":1,"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', SYNTAX],
  ['no Version', ofVersion(), OLD],
  ['the older Version', ofVersion('2008-10-17'), OLD],
  ['a Version that does not exist', ofVersion('2024-01-01'), SYNTAX],
  [
    'a condition operator that does not exist',
    withStatement({ Condition: { StringResembles: { k: 'v' } } }),
    SYNTAX,
  ],
  ['an element that statements do not have', withStatement({ Actions: 's3:*' }), SYNTAX],
  ['an action that is no text', withStatement({ Action: 1 }), SYNTAX],
  ['a condition that is no object', withStatement({ Condition: 'x' }), SYNTAX],
  ['a condition value that is an object', withStatement({ Condition: { Bool: { k: {} } } }), SYNTAX],
  ['no action in the list', withStatement({ Action: [] }), 'Policy statement must contain actions.'],
  ['no resource in the list', withStatement({ Resource: [] }), 'Policy statement must contain resources.'],
  [
    'an action without a vendor',
    withStatement({ Action: ['s3:GetObject', 'GetObject'] }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  ['two colons', withStatement({ Action: 's3:a:b' }), 'Actions/Condition can contain only one colon.'],
  ['a strange vendor', withStatement({ Action: 's_3:Get' }), 'Vendor s_3 is not valid'],
  ['a wildcard for the vendor of an action', withStatement({ Action: '*:Untag*' }), 'Vendor * is not valid'],
  [
    'a region in the ARN of IAM',
    withStatement({ Resource: 'arn:aws:iam:us-east-1:123456789012:role/r' }),
    'IAM resource arn:aws:iam:us-east-1:123456789012:role/r cannot contain region information.',
  ],
  [
    'a region in the ARN of a bucket',
    withStatement({ Resource: 'arn:aws:s3:us-east-1::bucket' }),
    'Resource arn:aws:s3:us-east-1::bucket can not contain region information.',
  ],
  [
    'a resource that is no ARN',
    withStatement({ Resource: 'bucket' }),
    'Resource bucket must be in ARN format or "*".',
  ],
  [
    'a partition that does not exist',
    withStatement({ Resource: 'arn:asw:s3:::bucket' }),
    'Partition "asw" is not valid for resource "arn:asw:s3:::bucket".',
  ],
  ['an ARN that is cut off', withStatement({ Resource: 'arn:aws:s3' }), 'The policy failed legacy parsing'],
  [
    'an ARN without a service',
    withStatement({ Resource: 'arn:aws::::bucket' }),
    'Resource vendor must be fully qualified and cannot contain regexes.',
  ],
  [
    'a Principal',
    withStatement({ Principal: { AWS: '*' } }),
    'Policy document should not specify a principal.',
  ],
  [
    'two statements of one name',
    JSON.stringify({
      Statement: ['s3:*', 'ec2:*'].map((Action) => ({ Sid: 'A', Effect: 'Allow', Action, Resource: '*' })),
    }),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
])('a document with %s is refused', (_, document, message) => {
  expect(() => requireIdentityPolicy(document)).toThrow(
    expect.objectContaining({ code: 'MalformedPolicyDocument', message }),
  );
});

test.each([
  ['the placeholder', PLACEHOLDER],
  [
    'NotAction and NotResource',
    withStatement({
      ...{ Action: undefined, NotAction: 'iam:*' },
      Resource: undefined,
      NotResource: 'arn:aws:s3:::*',
    }),
  ],
  ['white space in an action', withStatement({ Action: 'amplifybackend: *' })],
  ['everything', withStatement({ Action: '*' })],
  ['everything of every vendor', withStatement({ Action: '*:*' })],
  [
    'an access point, which has a region',
    withStatement({ Resource: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/mine' }),
  ],
  [
    'operators for sets, and for keys that may be missing',
    withStatement({ Condition: { 'ForAnyValue:StringLikeIfExists': { k: 'v' }, Null: { k: 'true' } } }),
  ],
  ['policy variables', withStatement({ Resource: `arn:aws:s3:::home/\${aws:username}/*` })],
  ['a wildcard in place of the end of an ARN', withStatement({ Resource: ['arn:aws:s3:*', 'arn:*'] })],
  [
    'conditions',
    withStatement({ Condition: { Bool: { 'aws:SecureTransport': true }, StringLike: { k: ['a', 'b'] } } }),
  ],
  [
    'statements that all have an empty Sid',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [1, 2].map(() => ({ Sid: '', Effect: 'Allow', Action: '*', Resource: '*' })),
    }),
  ],
])('%s is accepted', (_, document) => {
  expect(() => requireIdentityPolicy(document)).not.toThrow();
});

test('every policy that AWS manages is accepted', () => {
  const folder = new URL('../../../../../../fixtures/managed-policies/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  for (const file of files) {
    const { document } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    expect(() => requireIdentityPolicy(JSON.stringify(document)), file).not.toThrow();
  }
  expect(files.length).toBeGreaterThan(40);
});
