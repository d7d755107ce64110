import { expect, test } from 'vitest';
import { responseElementsOf } from '../../../../../infra/sandbox/aws/cloudtrail/response-elements.ts';

test('an output is recorded in camel case, without what is undefined', () => {
  const output = {
    PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true, Document: undefined },
    Tags: [{ Key: 'K' }],
  };
  expect(responseElementsOf(output)).toEqual({
    policyVersion: { versionId: 'v2', isDefaultVersion: true },
    tags: [{ key: 'K' }],
  });
});

test.each([
  ['2026-11-23T09:02:30.987Z', 'Nov 23, 2026 9:02:30 AM'],
  ['2021-02-23T00:02:30Z', 'Feb 23, 2021 12:02:30 AM'],
  ['2023-07-10T12:09:01Z', 'Jul 10, 2023 12:09:01 PM'],
])('%s is %s', (date, text) => {
  expect(responseElementsOf({ CreateDate: new Date(date) })).toEqual({ createDate: text });
});

test('no output is null', () => {
  expect(responseElementsOf({})).toBeNull();
});

test('a secret is left out', () => {
  expect(responseElementsOf({ AccessKey: { AccessKeyId: 'AKIA', SecretAccessKey: 's' } })).toEqual({
    accessKey: { accessKeyId: 'AKIA' },
  });
});
