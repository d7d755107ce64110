import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, globCovers, globsIntersect } from '../../../workflow/inspection/glob.ts';
import { matches } from './oracle.ts';

const shortPattern = fc.string({ unit: fc.constantFrom('a', 'b', '?', '*'), maxLength: 4 });

/** Two patterns of four characters that have a string in common have one of eight at most. */
const strings = stringsUpTo(8, ['a', 'b']);
/** A third letter, so that a wildcard always matches something that no pattern names. */
const richerStrings = stringsUpTo(6, ['a', 'b', 'c']);

function stringsUpTo(length: number, letters: string[]): string[] {
  const all = [''];
  for (let from = 0, round = 0; round < length; round++) {
    const longest = all.slice(from);
    from = all.length;
    for (const text of longest) all.push(...letters.map((letter) => text + letter));
  }
  return all;
}

describe('two patterns', () => {
  it('have a string in common exactly when one can be found by trying', () => {
    fc.assert(
      fc.property(shortPattern, shortPattern, (a, b) => {
        const common = strings.some((text) => matches(a, text) && matches(b, text));
        expect(globsIntersect(compileGlob(a), compileGlob(b))).toBe(common);
      }),
      { numRuns: 300 },
    );
  });

  it('cover one another only when trying finds no exception', () => {
    fc.assert(
      fc.property(shortPattern, shortPattern, (outer, inner) => {
        if (!globCovers(compileGlob(outer), compileGlob(inner))) return;
        const exception = richerStrings.find((text) => matches(inner, text) && !matches(outer, text));
        expect(exception).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['*', 'a*b?'],
    ['a*', 'a'],
    ['a*', 'ab*c'],
    ['*b*', 'a?b?c'],
    ['?*', '*?'],
    ['a*?', 'a?*'],
    ['**', '*'],
  ])('%s is seen to cover %s', (outer, inner) => {
    expect(globCovers(compileGlob(outer), compileGlob(inner))).toBe(true);
  });
});
