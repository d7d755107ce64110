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
});
