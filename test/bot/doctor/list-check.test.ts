import { describe, expect, it } from 'vitest';
import { checkList } from '../../../bot/doctor/list-check.ts';

const check = (...patterns: string[]) => checkList({ restricted: patterns.map((pattern) => ({ pattern })) });

describe('the check of the restricted actions', () => {
  it('is well where each entry names an action', async () => {
    const { status, found } = await check('s3:DeleteBucket', 'kms:Schedule*');
    expect(status).toBe('ok');
    expect(found).toMatch(/^Each of 2 entries names an action that AWS had on \d{4}-\d\d-\d\d\.$/);
  });

  it('names what protects nothing, what was probably meant, and what to do', async () => {
    const { status, found, mend } = await check(
      's3:DeleteBuckets',
      's3:DeleteObject',
      'dyanmodb:DeleteTable',
    );
    expect(status).toBe('wrong');
    expect(found).toMatch(
      /s3:DeleteBuckets .*did you mean s3:DeleteBucket\?.*dyanmodb:DeleteTable .*dynamodb:DeleteTable\?/,
    );
    expect(found).not.toContain('s3:DeleteObject');
    expect(mend).toContain('RESTRICTED_ACTIONS');
  });

  it('names five of many, and counts the rest', async () => {
    const { found } = await check(...Array.from({ length: 9 }, (_, index) => `s3:Zzz${index}`));
    expect(found).toContain('s3:Zzz4');
    expect(found).not.toContain('s3:Zzz5');
    expect(found).toMatch(/And 4 more\.$/);
  });
});
