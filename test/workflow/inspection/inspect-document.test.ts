import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';

const deleteBucket = [{ pattern: 's3:DeleteBucket' }];

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

describe('inspecting a document', () => {
  it('names the restricted action, the granting pattern, the statement, the resources and the condition', () => {
    const text = policy(
      { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      {
        Sid: 'CleanUp',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:Delete*'],
        Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    );
    const restricted = [{ pattern: 's3:DeleteBucket', set: '@data-destruction', why: 'Removes a bucket.' }];
    expect(inspectDocument(text, restricted)).toEqual({
      restricted: true,
      findings: [
        {
          restricted: 's3:DeleteBucket',
          grantedBy: 's3:Delete*',
          statement: 1,
          sid: 'CleanUp',
          resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
          conditional: true,
          condition: '{"Bool":{"aws:MultiFactorAuthPresent":"true"}}',
          set: '@data-destruction',
          why: 'Removes a bucket.',
        },
      ],
    });
  });

  it('has nothing to say about a document that grants no restricted action', () => {
    const text = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
    expect(inspectDocument(text, deleteBucket)).toEqual({ restricted: false, findings: [] });
  });

  it('tells each granting pattern of each statement, in the order of statements and of the list', () => {
    const text = policy(
      { Effect: 'Allow', Action: ['s3:*', 's3:DeleteBucket'], Resource: '*' },
      { Effect: 'Allow', NotAction: ['iam:*', 'sqs:*'], Resource: '*' },
    );
    const { findings } = inspectDocument(text, [
      { pattern: 's3:DeleteObject' },
      { pattern: 's3:DeleteBucket' },
    ]);
    expect(
      findings.map(({ restricted, grantedBy, statement }) => [restricted, grantedBy, statement]),
    ).toEqual([
      ['s3:DeleteObject', 's3:*', 0],
      ['s3:DeleteBucket', 's3:*', 0],
      ['s3:DeleteBucket', 's3:DeleteBucket', 0],
      ['s3:DeleteObject', 'NotAction: iam:*, sqs:*', 1],
      ['s3:DeleteBucket', 'NotAction: iam:*, sqs:*', 1],
    ]);
  });

  it('tells the resources of a NotResource as such', () => {
    const text = policy({
      Effect: 'Allow',
      Action: 's3:*',
      NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    });
    expect(inspectDocument(text, deleteBucket).findings[0]?.resources).toEqual([
      'NotResource: arn:aws:s3:::a',
      'NotResource: arn:aws:s3:::b',
    ]);
  });

  it('tells what is wrong with a document and, all the same, what it would grant', () => {
    const text = policy({ Effect: 'Allow', Action: ['s3:*', 7], Resource: '*' }, { Effect: 'allow' });
    expect(inspectDocument(text, deleteBucket)).toMatchObject({
      restricted: true,
      findings: [{ grantedBy: 's3:*' }],
      unreadable:
        'Not a policy that can be read: ' +
        'statement 0 has an Action that is neither text nor a list of texts; ' +
        'statement 1 has an Effect that is neither "Allow" nor "Deny"; ' +
        'statement 1 has neither Action nor NotAction.',
    });
  });

  it('counts statements on when the key is written twice', () => {
    const statement = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
    const text = `{"Statement":[${statement}],"Statement":${statement}}`;
    expect(inspectDocument(text, deleteBucket).findings.map((finding) => finding.statement)).toEqual([0, 1]);
  });

  it('quotes a condition as it is written, duplicate keys and all, without the white space', () => {
    const condition = '{ "Bool": {"a b":\n "true" }, "Bool": {} }';
    const text = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":${condition}}}`;
    expect(inspectDocument(text, deleteBucket).findings[0]?.condition).toBe(
      '{"Bool":{"a b":"true"},"Bool":{}}',
    );
  });
});

describe('a restricted pattern', () => {
  it.each([
    ['s3:*', 's3:SomethingOfTomorrow'],
    ['kms:Schedule*', 'kms:*Deletion'],
    ['*:Delete*', 'dynamodb:DeleteTable'],
    ['*', 'health:Describe*'],
    ['S3:DELETEBUCKET', 's3:deletebucket'],
    ['iam:*Policy', 'iam:Put?ser*'],
  ])('%s is granted by %s', (restricted, action) => {
    const text = policy({ Effect: 'Allow', Action: action, Resource: '*' });
    expect(inspectDocument(text, [{ pattern: restricted }]).restricted).toBe(true);
  });

  it.each([
    ['s3:Put*', '*:DeleteBucket'],
    ['kms:Schedule*', 'kms:Sched?l'],
    ['*:Delete*', 'dynamodb:Get*'],
    ['iam:*Policy', 'iam:*Role'],
    ['*', 'no-action-at-all'],
  ])('%s is not granted by %s', (restricted, action) => {
    const text = policy({ Effect: 'Allow', Action: action, Resource: '*' });
    expect(inspectDocument(text, [{ pattern: restricted }]).restricted).toBe(false);
  });

  it.each([
    ['s3:Delete*', 's3:*', 's3:D*', false],
    ['s3:Delete*', 's3:*', 's3:DeleteBucket', true],
    ['s3:*', 's3:DeleteBucket', 's3:Delete*', false],
    ['s3:*', 's3:Delete*', 's3:DeleteB*', true],
    ['*', 's3:Get*', 's3:*', false],
    ['*', '*', 's3:*', true],
    ['s3:Delete*', 's3:*Bucket', 's3:Delete*Bucket', false],
    ['s3:Delete*', 's3:*Bucket', 's3:DeleteBucket', true],
    ['s3:Dele*', 's3:*elete', 's3:Dele*elete', true],
    ['*:Delete*', 's3:Delete*', 's3:D*', false],
    ['*:Delete*', 's*:Delete*', 's3:*', true],
  ])(
    '%s, granted by %s, is taken away by a Deny of %s: still granted %s',
    (restricted, action, denied, granted) => {
      const text = policy(
        { Effect: 'Allow', Action: action, Resource: '*' },
        { Effect: 'Deny', Action: denied, Resource: '*' },
      );
      expect(inspectDocument(text, [{ pattern: restricted }]).restricted).toBe(granted);
    },
  );
});

describe('a document made to be hard to inspect', () => {
  const longest = 131_072;
  const allow = (actions: string) => `{"Statement":{"Effect":"Allow","Resource":"*","Action":[${actions}]}}`;

  it.each([
    ['a hundred thousand open brackets', '['.repeat(longest)],
    ['lists in lists', '['.repeat(longest / 2) + ']'.repeat(longest / 2)],
    ['objects in objects', `${'{"Statement":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
    ['quotes without end', '"'.repeat(longest)],
    ['percent signs', '%7B'.repeat(longest / 3)],
    ['a lone surrogate', '\ud800'],
    ['nothing but NUL', '\0'.repeat(100)],
  ])('is unreadable and no more: %s', (_name, text) => {
    expect(inspectDocument(text, deleteBucket)).toMatchObject({ restricted: true, findings: [] });
  });

  it('is read to its end when it is padded to the longest that the API takes', () => {
    const text = policy({ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' });
    expect(inspectDocument(text.padStart(longest), deleteBucket).findings).toHaveLength(1);
    expect(inspectDocument(text.replace(',', `,${' '.repeat(longest)}`), deleteBucket).findings).toHaveLength(
      1,
    );
  });

  it('matches nothing by asking for more characters than an action can have', () => {
    const text = allow(`"s3:${'?'.repeat(130_000)}","s3:*${'a*'.repeat(60_000)}"`);
    expect(inspectDocument(text, [{ pattern: 's3:*' }]).restricted).toBe(false);
  });

  it('has a bounded number of findings, but at least one for every restricted action', () => {
    const restricted = Array.from({ length: 1_500 }, (_, index) => ({ pattern: `s3:Delete${index}` }));
    const statements = Array.from({ length: 1_000 }, () => ({ Effect: 'Allow', Action: '*', Resource: '*' }));
    const { findings } = inspectDocument(policy(...statements), restricted);
    expect(new Set(findings.map((finding) => finding.restricted)).size).toBe(1_500);
    expect(findings.length).toBeLessThanOrEqual(2_500);
  });

  it('has findings of bounded length', () => {
    const resources = Array.from({ length: 500 }, (_, index) => `arn:aws:s3:::${'b'.repeat(150)}${index}`);
    const text = policy({ Effect: 'Allow', NotAction: 'x:y'.repeat(9_000), Resource: resources });
    const [finding] = inspectDocument(text, deleteBucket).findings;
    expect(finding?.grantedBy).toHaveLength(1_001);
    expect(finding?.resources).toHaveLength(101);
    expect(finding?.resources.at(-1)).toBe('… and 400 more');
  });
});

it('counts what any reading of an encoded document grants, where its plus signs may be spaces', () => {
  const statement = { Effect: 'Allow', Action: ['s3:ListBucket', 's3:Delete Object'], Resource: '*' };
  const encoded = encodeURIComponent(JSON.stringify({ Statement: [statement] })).replaceAll('%20', '+');
  const restricted = [{ pattern: 's3:ListBucket' }, { pattern: 's3:DeleteObject' }];
  const { findings } = inspectDocument(encoded, restricted);
  expect(findings.map((finding) => finding.restricted)).toEqual(['s3:ListBucket', 's3:DeleteObject']);
});

describe('why a document cannot be read', () => {
  it.each([
    '{"a": evil.example}',
    '{"a":1} evil.example approve at https://evil.example',
    'evil.example',
    '"evil.example" x',
    '{"evil.example": "unterminated',
    '[1, 2 evil.example]',
    `{"padding": "${'x'.repeat(200)}" evil.example "more": "${'y'.repeat(200)}"}`,
  ])('quotes nothing of it: %s', (document) => {
    const { unreadable } = inspectDocument(document, [{ pattern: 's3:DeleteBucket' }]);
    expect(unreadable).toContain('it is not JSON');
    expect(unreadable).not.toContain('evil');
  });
});
