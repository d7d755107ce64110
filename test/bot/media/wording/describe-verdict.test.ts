import { describe, expect, it } from 'vitest';
import { describeVerdict } from '../../../../bot/media/wording/describe-verdict.ts';
import type { RestrictedAction } from '../../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../../workflow/inspection/inspect-document.ts';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import { summarise } from '../../../../workflow/inspection/summarise.ts';

const EVERYTHING: RestrictedAction[] = namedSets.flatMap(({ name, actions }) =>
  actions.map(({ pattern, why }) => ({ pattern, why, set: name })),
);

const verdict = (statement: object, list = EVERYTHING) => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Resource: '*', ...statement },
  });
  return describeVerdict(summarise(inspectDocument(document, list), document));
};

describe('the verdict, the worst first', () => {
  it.each([
    [{ Action: '*' }, 'would be full administrator', 'critical'],
    [
      { Action: '*', Condition: { Bool: { a: 'b' } } },
      'would be full administrator, under a condition',
      'critical',
    ],
    [
      { NotAction: ['iam:*', 'account:*'] },
      'would be administrator of all but iam:* and account:*',
      'critical',
    ],
    [{ Action: 'iam:*' }, 'would be administrator of iam, and so of everything', 'critical'],
    [{ Action: ['s3:*', 'kms:*'] }, 'would be administrator of kms and s3', undefined],
    [
      { Action: 'iam:CreatePolicyVersion' },
      'could make itself administrator: iam:CreatePolicyVersion',
      'critical',
    ],
    [
      { Action: ['iam:PassRole', 'lambda:Create*'] },
      'could make itself administrator: iam:PassRole and 1 more',
      'critical',
    ],
    [{ Action: 'iam:PassRole' }, 'could hand roles to services: iam:PassRole', undefined],
    [
      { Action: ['s3:DeleteBucket', 's3:DeleteObject'] },
      'could delete data: s3:DeleteBucket and 1 more',
      undefined,
    ],
    [{ Action: 's3:PutBucketPolicy' }, 'could open things to the outside: s3:PutBucketPolicy', undefined],
    [{ Action: 'cloudtrail:StopLogging' }, 'could blind those who watch: cloudtrail:StopLogging', undefined],
  ])('of %j is “%s”', (statement, words, severity) => {
    expect(verdict(statement)).toEqual({ words, ...(severity && { severity }) });
  });

  it('names the action where nothing else is known of it', () => {
    expect(verdict({ Action: 'sqs:Purge*' }, [{ pattern: 'sqs:PurgeQueue' }]).words).toMatch(
      /sqs:PurgeQueue$/,
    );
    expect(verdict({ Action: 'x:Y' }, [{ pattern: 'x:Y' }]).words).toBe('would grant x:Y');
  });

  it('takes the severity that the list gives, but for what is administrator of everything', () => {
    const list = (pattern: string): RestrictedAction[] => [{ pattern, severity: 'low' }];
    expect(verdict({ Action: 'iam:PutRolePolicy' }, list('iam:PutRolePolicy')).severity).toBe('low');
    expect(verdict({ Action: '*' }, list('s3:DeleteBucket')).severity).toBe('critical');
  });

  it('knows an administrator whatever else fills the findings', () => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        ...Array(200).fill({ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::a' }),
        { Effect: 'Allow', Action: '*', Resource: '*' },
      ],
    });
    const inspection = inspectDocument(document, [{ pattern: 's3:DeleteBucket' }]);
    expect(describeVerdict(summarise(inspection, document)).words).toBe('would be full administrator');
  });

  it('counts all of them, not those that are kept', () => {
    const all = verdict({
      Action: EVERYTHING.filter(({ set }) => set === '@data-destruction').map(({ pattern }) => pattern),
    });
    const count = namedSets.find(({ name }) => name === '@data-destruction')?.actions.length ?? 0;
    expect(all.words).toContain(` and ${count - 1} more`);
  });

  it('says of what waits elsewhere that nobody has it yet', () => {
    const document = '{"Statement":{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}}';
    const inspection = summarise(inspectDocument(document, [{ pattern: 's3:DeleteBucket' }]), document);
    const { words } = describeVerdict({ ...inspection, waitsIn: 'pg-abcdefghij' });
    expect(words).toMatch(/s3:DeleteBucket, once request pg-abcdefghij is approved$/);
  });
});
