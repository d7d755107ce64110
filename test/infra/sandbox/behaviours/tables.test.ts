import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BEHAVIOURS } from '../../../../infra/sandbox/behaviours/behaviours.ts';
import { currentReadme, README } from '../../../../infra/sandbox/behaviours/tables.ts';
import { FAULT_NAMES } from '../../../../infra/sandbox/faults/table.ts';

test('the README says what the tables say: npm run behaviours', () => {
  expect(readFileSync(README, 'utf8')).toBe(currentReadme());
});

test('what is said to be enforced has a test', () => {
  const proofs = BEHAVIOURS.flatMap((each) => ('enforced' in each ? [each.enforced] : []));
  expect(proofs.filter((file) => !existsSync(file))).toEqual([]);
});

test('every fault stands for a behaviour of the real one', () => {
  const switched = BEHAVIOURS.flatMap((each) => ('switched' in each ? each.switched : []));
  expect(switched.toSorted()).toEqual(FAULT_NAMES.toSorted());
});
