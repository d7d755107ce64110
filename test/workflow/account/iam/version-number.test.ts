import { expect, it } from 'vitest';
import { versionNumber } from '../../../../workflow/account/iam/version-number.ts';

it.each([
  ['v1', 1],
  ['v10', 10],
  ['v3.draft', 3],
])('of %s is %d', (versionId, number) => {
  expect(versionNumber(versionId)).toBe(number);
});
