import { expect, test } from 'vitest';
import { fitIntoState, ROOM } from '../../../workflow/steps/fit-into-state.ts';

const told: unknown[] = [];
const log = {
  debug: () => {},
  info: () => {},
  error: () => {},
  warn: (_: string, fields?: object) => void told.push(fields),
};
const HELPS = ['event', 'around.before', 'around.holders'];

test('what has room stays as it is', () => {
  const state = { event: 'e', around: { before: 'b' }, document: 'd'.repeat(ROOM - 100) };
  expect(fitIntoState(state, HELPS, log)).toEqual(state);
  expect(told).toEqual([]);
});

test('what only helps goes one after the other until the rest has room, and the log tells', () => {
  const large = 'é'.repeat(ROOM / 4);
  const state = { event: large, around: { before: large, holders: 'h' }, document: 'd' };
  expect(fitIntoState(state, HELPS, log)).toEqual({ around: { before: large, holders: 'h' }, document: 'd' });
  expect(told).toEqual([{ left: ['event'] }]);
  expect(state.event).toBe(large);
});

test('what is missing is passed over, and what has to be there never goes', () => {
  const state = { document: 'd'.repeat(ROOM), around: { holders: 'h' } };
  expect(fitIntoState(state, HELPS, log)).toEqual({ document: state.document, around: {} });
});
