import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import { readRestrictedActions } from '../../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { problemsOf } from '../../../support/problems-of.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'restricted-actions-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'list.txt');
  writeFileSync(path, text);
  return path;
}

const problemsIn = (environment: Record<string, string>) =>
  problemsOf(() => readRestrictedActions(environment));

const patternsOf = (environment: Record<string, string>) =>
  readRestrictedActions(environment).map(({ pattern }) => pattern);

describe('the list of restricted actions', () => {
  it.each([[{}], [{ RESTRICTED_ACTIONS: '' }], [{ RESTRICTED_ACTIONS: ' ', RESTRICTED_ACTIONS_FILE: '' }]])(
    'is that of the AWS sample when the environment is %j',
    (environment) => {
      expect(readRestrictedActions(environment)).toEqual([
        { pattern: 's3:DeleteBucket' },
        { pattern: 's3:DeleteObject' },
      ]);
    },
  );

  it('takes actions and patterns as they are written', () => {
    expect(patternsOf({ RESTRICTED_ACTIONS: 's3:DeleteBucket, kms:Schedule*,*:Delete?ucket , *' })).toEqual([
      's3:DeleteBucket',
      'kms:Schedule*',
      '*:Delete?ucket',
      '*',
    ]);
  });

  it('takes named sets, in any case, with the reason of every action', () => {
    const set = namedSets.find(({ name }) => name === '@data-destruction');
    expect(readRestrictedActions({ RESTRICTED_ACTIONS: '@Data-Destruction' })).toEqual(
      set?.actions.map(({ pattern, why }) => ({ pattern, why, set: '@data-destruction' })),
    );
  });

  it('names an action once, for the first set that has it', () => {
    const actions = readRestrictedActions({
      RESTRICTED_ACTIONS: 'S3:PUTBUCKETPOLICY,s3:putbucketpolicy,@data-exposure,@resource-policy',
    });
    const found = actions.filter(({ pattern }) => pattern.toLowerCase() === 's3:putbucketpolicy');
    expect(found).toEqual([
      { pattern: 'S3:PUTBUCKETPOLICY', set: '@data-exposure', why: expect.stringContaining('bucket') },
    ]);
  });

  it('may come from a file, with comments, a line or a comma between entries', () => {
    const path = file('# what we hold\r\ns3:DeleteBucket, iam:PassRole # never\n\n  kms:*\n');
    expect(patternsOf({ RESTRICTED_ACTIONS_FILE: path })).toEqual([
      's3:DeleteBucket',
      'iam:PassRole',
      'kms:*',
    ]);
  });

  it('is looked for in the folder of the function on Lambda', () => {
    file('iam:PassRole');
    const environment = { RESTRICTED_ACTIONS_FILE: 'list.txt', LAMBDA_TASK_ROOT: folder };
    expect(patternsOf(environment)).toEqual(['iam:PassRole']);
  });

  it('may be long', () => {
    const list = Array.from({ length: 1_000 }, (_, index) => `s3:Action${index}`).join('\n');
    expect(patternsOf({ RESTRICTED_ACTIONS_FILE: file(list) })).toHaveLength(1_000);
  });
});

describe('a list that can not be used', () => {
  it('is refused with every bad entry and unknown set named, and the sets there are', () => {
    const problems = problemsIn({ RESTRICTED_ACTIONS: 'DeleteBucket,s3:DeleteBucket,@nonsense,s3:a b,@' });
    expect(problems).toHaveLength(4);
    expect(problems[0]).toBe(
      'RESTRICTED_ACTIONS: "DeleteBucket" is not an action or pattern such as s3:DeleteBucket, kms:Schedule* or *',
    );
    expect(problems[1]).toBe(
      'RESTRICTED_ACTIONS: "@nonsense" is not a named set; there are @privilege-escalation, @data-destruction, ' +
        '@data-exposure, @detection-evasion, @resource-policy, @unseen, @broad',
    );
    expect(problems[2]).toContain('"s3:a b"');
    expect(problems[3]).toContain('"@"');
  });

  it.each([
    's3',
    's3:',
    ':DeleteBucket',
    's3:Delete:Bucket',
    's3*',
    '**',
    's3:[D]eleteBucket',
    `s3:${'a'.repeat(129)}`,
  ])('is one with the entry %s', (entry) => {
    expect(problemsIn({ RESTRICTED_ACTIONS: entry })).toHaveLength(1);
  });

  it('is one that names nothing', () => {
    expect(problemsIn({ RESTRICTED_ACTIONS: ',,' })).toEqual([
      'RESTRICTED_ACTIONS: it names no action; leave it out for the default list',
    ]);
    expect(problemsIn({ RESTRICTED_ACTIONS_FILE: file('# nothing yet\n') })).toHaveLength(1);
  });

  it('is one of two lists', () => {
    expect(problemsIn({ RESTRICTED_ACTIONS: '*', RESTRICTED_ACTIONS_FILE: file('*') })).toEqual([
      'RESTRICTED_ACTIONS, RESTRICTED_ACTIONS_FILE: are both given; leave out one',
    ]);
  });

  it('is one in a file that is not there', () => {
    expect(problemsIn({ RESTRICTED_ACTIONS_FILE: join(folder, 'absent.txt') })[0]).toMatch(
      /^RESTRICTED_ACTIONS_FILE: can't be read \(ENOENT.*absent\.txt/,
    );
  });
});
