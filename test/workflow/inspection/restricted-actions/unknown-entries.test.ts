import { describe, expect, it } from 'vitest';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../../../workflow/inspection/restricted-actions/unknown-entries.ts';

const unknown = (...patterns: string[]) => unknownEntries(patterns.map((pattern) => ({ pattern })));

describe('an entry that protects nothing', () => {
  it.each([
    ['s3:DeleteBuckets', 's3:DeleteBucket'],
    ['dyanmodb:DeleteTable', 'dynamodb:DeleteTable'],
    ['DYANMODB:deletetable', 'dynamodb:DeleteTable'],
    ['dyanmodb:DeleteTabel', 'dynamodb:DeleteTable'],
    ['dyanmodb:Delete*', 'dynamodb:Delete*'],
    ['iam:PasRole', 'iam:PassRole'],
  ])('is found with what was probably meant: %s', (pattern, meant) => {
    const [entry] = unknown(pattern);
    expect(entry && warnOfUnknown(entry)).toContain(`; did you mean ${meant}?`);
  });

  it.each(['s3:SomethingOfTomorrow', 'nobodys-service:Do', 's3:Zzz*', '*:Zzz*'])(
    'is found where nothing is near: %s',
    (pattern) => {
      const [entry] = unknown(pattern);
      expect(entry && warnOfUnknown(entry)).toMatch(/may protect nothing\.$/);
    },
  );

  it('is told in one sentence, with the day of the list', () => {
    expect(warnOfUnknown({ pattern: 's3:DeleteBuckets' })).toMatch(
      /^s3:DeleteBuckets names no action that AWS had on \d{4}-\d\d-\d\d, and may protect nothing; did you mean s3:DeleteBucket\?$/,
    );
  });

  it.each(['*', 's3:*', '*:Delete*', 'S3:deletebucket', 'lambda:*Permission', 'kms:Schedule?eyDeletion'])(
    'is not one that names an action: %s',
    (pattern) => {
      expect(unknown(pattern)).toEqual([]);
    },
  );

  it('is in no named set', () => {
    expect(unknownEntries(namedSets.flatMap(({ actions }) => actions))).toEqual([]);
  });
});
