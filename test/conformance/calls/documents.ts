import type { Call, Scene } from '../call.ts';

const statement = (parts: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...parts,
});

/** A policy of one statement. */
export const policy = (parts: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement(parts)] });

const S3_READ = policy();
const NO_VERSION = JSON.stringify({ Statement: [statement()] });
const condition = (Condition: object) => policy({ Condition });

/** What a document is about → the document. */
const IDENTITY_DOCUMENTS: Readonly<Record<string, string>> = {
  'one statement in a list': S3_READ,
  'one statement without a list': JSON.stringify({ Version: '2012-10-17', Statement: statement() }),
  'an Id and a Sid': JSON.stringify({
    Version: '2012-10-17',
    Id: 'id',
    Statement: [statement({ Sid: 'One1' })],
  }),
  'two statements': JSON.stringify({ Version: '2012-10-17', Statement: [statement(), statement()] }),
  'white space inside': JSON.stringify(JSON.parse(S3_READ), null, 4),
  'escapes in an action': S3_READ.replace('s3:', '\\u0073\\u0033:'),
  'characters of Latin-1': policy({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'Käse' } } }),
  'an action in another case': policy({ Action: 'S3:getobject' }),
  'a list of actions': policy({ Action: ['s3:GetObject', 's3:Put*', 'ec2:Describe?nstances'] }),
  'every action': policy({ Action: '*' }),
  NotAction: policy({ Action: undefined, NotAction: 'iam:*' }),
  NotResource: policy({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/*' }),
  'a Deny': policy({ Effect: 'Deny' }),
  'a resource of another partition': policy({ Resource: 'arn:aws-cn:s3:::bucket' }),
  'a resource that ends in a wildcard': policy({ Resource: 'arn:aws:s3:::*' }),
  'a resource with account and region': policy({
    Action: 'sqs:*',
    Resource: 'arn:aws:sqs:eu-west-1:123456789012:queue',
  }),
  'a condition': condition({ StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/a', 'b'] } }),
  'a condition with a set operator': condition({
    'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] },
  }),
  'a condition with IfExists': condition({ StringEqualsIfExists: { 'aws:PrincipalTag/a': 'b' } }),
  'a condition with Null': condition({ Null: { 'aws:MultiFactorAuthAge': 'true' } }),
  'a condition with a date': condition({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }),
  'a condition with addresses': condition({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
  'a condition with an empty operator': condition({ StringEquals: {} }),
  'no Version': NO_VERSION,
  'the older Version': JSON.stringify({ Version: '2008-10-17', Statement: [statement()] }),
  'a Version that is none': JSON.stringify({ Version: '2024-01-01', Statement: [statement()] }),
  'no Statement': '{"Version":"2012-10-17"}',
  'an empty list of statements': '{"Version":"2012-10-17","Statement":[]}',
  'a statement that is a text': '{"Version":"2012-10-17","Statement":["Allow"]}',
  'text that is no JSON': '{"Version":',
  'a list': '[]',
  'a text': '"policy"',
  'an unknown key': JSON.stringify({ Version: '2012-10-17', Statement: [statement()], Comment: 'no' }),
  'an unknown key in a statement': policy({ Comment: 'no' }),
  'no Effect': policy({ Effect: undefined }),
  'an Effect in another case': policy({ Effect: 'allow' }),
  'both Action and NotAction': policy({ NotAction: 'iam:*' }),
  'neither Action nor NotAction': policy({ Action: undefined }),
  'an empty list of actions': policy({ Action: [] }),
  'both Resource and NotResource': policy({ NotResource: '*' }),
  'neither Resource nor NotResource': policy({ Resource: undefined }),
  'an empty list of resources': policy({ Resource: [] }),
  'a Principal': policy({ Principal: '*' }),
  'a NotPrincipal': policy({ NotPrincipal: { AWS: '*' } }),
  'an action without a service': policy({ Action: 'GetObject' }),
  'an action with two colons': policy({ Action: 's3:Get:Object' }),
  'an action of every service': policy({ Action: '*:Untag*' }),
  'a service with a wildcard': policy({ Action: 's*:GetObject' }),
  'a service with a space': policy({ Action: 's 3:GetObject' }),
  'an action that is a number': policy({ Action: 3 }),
  'a resource that is no ARN': policy({ Resource: 'bucket' }),
  'a resource with too few parts': policy({ Resource: 'arn:aws:s3' }),
  'a resource of an unknown partition': policy({ Resource: 'arn:elsewhere:s3:::bucket' }),
  'a resource without a service': policy({ Resource: 'arn:aws::::bucket' }),
  'an IAM resource with a region': policy({
    Action: 'iam:GetRole',
    Resource: 'arn:aws:iam:us-east-1:123456789012:role/a',
  }),
  'an S3 resource with a region': policy({ Resource: 'arn:aws:s3:us-east-1::bucket' }),
  'a Sid with a space': policy({ Sid: 'My policy' }),
  'a Sid twice': JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement({ Sid: 'A' }), statement({ Sid: 'A' })],
  }),
  'an unknown condition operator': condition({ StringIs: { 'aws:PrincipalArn': 'a' } }),
  'a condition that is a list': condition([]),
  'a condition on an object': condition({ StringEquals: { 'aws:PrincipalArn': { a: 'b' } } }),
  'leading white space': ` ${S3_READ}`,
  'characters beyond Latin-1': policy({ Resource: 'arn:aws:s3:::日本' }),
  'the length of the API and one more': S3_READ.padEnd(131_073),
  'a document that is too long': policy({
    Resource: Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::${String(i).padStart(40, 'x')}`),
  }),
  'white space beyond the quota': S3_READ.padEnd(20_000),
};

const trust = (parts: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole', ...parts },
    ],
  });

/** Whom EC2 may act as. */
export const TRUST = trust();

const TRUST_DOCUMENTS: Readonly<Record<string, string>> = {
  'a service': TRUST,
  'an account': trust({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }),
  everybody: trust({ Principal: '*' }),
  'the older Version': TRUST.replace('2012-10-17', '2008-10-17'),
  'a federated principal': trust({
    Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/a' },
    Action: 'sts:AssumeRoleWithSAML',
  }),
  'no Principal': trust({ Principal: undefined }),
  'a Resource': trust({ Resource: '*' }),
  'another action': trust({ Action: 's3:GetObject' }),
  'no action': trust({ Action: undefined }),
  'text that is no JSON': '{',
  'an Effect in another case': trust({ Effect: 'allow' }),
};

const numbered = (
  documents: Readonly<Record<string, string>>,
  toCall: (name: string, document: string, about: string) => Call,
): Call[] =>
  Object.entries(documents).map(([about, document], index) => toCall(`p${index}`, document, about));

export const documentScenes: readonly Scene[] = [
  {
    service: 'iam',
    title: 'documents of managed policies',
    calls: numbered(IDENTITY_DOCUMENTS, (PolicyName, PolicyDocument, about) => [
      'CreatePolicy',
      { PolicyName, PolicyDocument },
      about,
    ]),
  },
  {
    service: 'iam',
    title: 'documents of inline policies',
    calls: [
      ['CreateRole', { RoleName: 'holder', AssumeRolePolicyDocument: TRUST }, 'to put them in'],
      ...numbered(
        IDENTITY_DOCUMENTS,
        (PolicyName, PolicyDocument, about): Call => [
          'PutRolePolicy',
          { RoleName: 'holder', PolicyName, PolicyDocument },
          about,
        ],
      ),
    ],
  },
  {
    service: 'iam',
    title: 'trust policies',
    calls: [
      ...numbered(
        TRUST_DOCUMENTS,
        (name, AssumeRolePolicyDocument, about): Call => [
          'CreateRole',
          { RoleName: name, AssumeRolePolicyDocument },
          about,
        ],
      ),
      ...numbered(
        TRUST_DOCUMENTS,
        (_, PolicyDocument, about): Call => [
          'UpdateAssumeRolePolicy',
          { RoleName: 'p0', PolicyDocument },
          about,
        ],
      ),
    ],
  },
];
