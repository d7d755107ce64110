import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffLine, diffLines } from '../../../../bot/app/details/line-diff.ts';

const SIGN = { same: ' ', added: '+', removed: '-' };

const shown = (before: string, after: string) =>
  diffLines([...before], [...after])
    ?.map((line) => (line.kind === 'folded' ? `…${line.count}` : SIGN[line.kind] + line.text))
    .join('');

describe('the difference of two texts', () => {
  it.each([
    ['nothing', 'abc', 'abc', '…3'],
    ['a line that came', 'ac', 'abc', ' a+b c'],
    ['a line that went', 'abc', 'ac', ' a-b c'],
    ['a line that was replaced', 'abc', 'axc', ' a-b+x c'],
    ['everything', 'ab', 'xy', '-a-b+x+y'],
    ['what was empty', '', 'ab', '+a+b'],
    ['what is empty now', 'ab', '', '-a-b'],
    ['lines far away, folded', 'abcdefgXhijklmn', 'abcdefgYhijklmn', '…4 e f g-X+Y h i j…4'],
  ])('%s', (_, before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  it('is none where only the comma at the end of a line came', () => {
    expect(diffLines(['"a"'], ['"a",', '"b"'])).toEqual([
      { kind: 'same', text: '"a",' },
      { kind: 'added', text: '"b"' },
    ]);
  });

  it('is not looked for in more than 2,000 lines', () => {
    const long = Array(2_001).fill('x');
    expect(diffLines(long, ['x'])).toBeUndefined();
    expect(diffLines(['x'], long)).toBeUndefined();
    expect(diffLines(long.slice(1), long.slice(1))).toEqual([{ kind: 'folded', count: 2_000 }]);
  });

  it('holds every line of both sides', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    /** How many lines a side has, told by what only the other has not. */
    const count = (lines: readonly DiffLine[], absent: 'added' | 'removed') =>
      lines.reduce(
        (sum, line) => sum + (line.kind === 'folded' ? line.count : Number(line.kind !== absent)),
        0,
      );
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const lines = diffLines(before, after) ?? [];
        expect(count(lines, 'added')).toBe(before.length);
        expect(count(lines, 'removed')).toBe(after.length);
        const texts = (kind: DiffLine['kind']) =>
          lines.flatMap((line) => (line.kind === kind && 'text' in line ? [line.text] : []));
        for (const text of texts('added')) expect(after).toContain(text);
        for (const text of texts('removed')) expect(before).toContain(text);
      }),
    );
  });
});
