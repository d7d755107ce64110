import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOT_COMPARED, servedOperations } from './operations.ts';
import { currentReadme, README } from './readme.ts';
import { playedCalls } from './table.ts';

test('every operation that the sandbox serves is compared, or it says why not', () => {
  const accounted = [...playedCalls().keys(), ...Object.keys(NOT_COMPARED)];
  expect(accounted.toSorted()).toEqual(servedOperations().toSorted());
});

test('the README shows the calls as they are', () => {
  expect(readFileSync(README, 'utf8'), 'Run npm run conformance.').toBe(currentReadme());
});
