import { describe, expect, it } from 'vitest';
import { duration, enumerate, moment } from '../../../../bot/media/wording/phrases.ts';

describe('a duration', () => {
  it.each([
    [-4_000, 'under 1 s'],
    [400, 'under 1 s'],
    [3_000, '3 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [3_605_000, '1 h'],
    [3_780_000, '1 h 3 min'],
    [187_200_000, '2 d 4 h'],
  ])('of %i ms is %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});

describe('an enumeration', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('of %j is "%s"', (words, text) => {
    expect(enumerate(words)).toBe(text);
  });
});

describe('a moment', () => {
  it('is told in UTC, whatever zone it came in', () => {
    expect(moment('2026-03-01T14:00:05.750+02:00')).toEqual({
      iso: '2026-03-01T12:00:05.750Z',
      unix: 1_772_366_405,
      text: '2026-03-01 12:00:05 UTC',
    });
  });
});
