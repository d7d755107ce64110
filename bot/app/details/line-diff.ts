/** A line that only one side has, or both; or a run of lines that both have and that is left out. */
export type DiffLine =
  | { kind: 'same' | 'added' | 'removed'; text: string }
  | { kind: 'folded'; count: number };

/** Lines per side. The table of the comparison has as many fields as the two sides multiplied. */
const LONGEST = 2_000;

/** Lines that both sides have, shown around a difference. */
const CONTEXT = 3;

/** @returns undefined when a side is longer than 2,000 lines, which would take too long to compare for a click */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] | undefined {
  if (before.length > LONGEST || after.length > LONGEST) return undefined;
  return fold(compare(before, after));
}

type Compared = Exclude<DiffLine, { kind: 'folded' }>;

/**
 * The longest common subsequence of the two, by the textbook. Written out, because the libraries for it are made for
 * far more, and this is the one place that needs one.
 */
function compare(before: readonly string[], after: readonly string[]): Compared[] {
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const lines: Compared[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old = '', next = ''] = [before[i], after[j]];
    if (i < before.length && j < after.length && bare(old) === bare(next)) {
      lines.push({ kind: 'same', text: next });
      i += 1;
      j += 1;
    } else if (
      j === after.length ||
      (i < before.length && lengthAt(common, (i + 1) * width + j) >= lengthAt(common, i * width + j + 1))
    ) {
      lines.push({ kind: 'removed', text: old });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: next });
      j += 1;
    }
  }
  return lines;
}

/** At `i * (after.length + 1) + j`: how many lines the ends of the two from `i` and `j` on have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const [olds, nexts] = [before.map(bare), after.map(bare)];
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        olds[i] === nexts[j]
          ? lengthAt(lengths, at + width + 1) + 1
          : Math.max(lengthAt(lengths, at + width), lengthAt(lengths, at + 1));
    }
  }
  return lengths;
}

function lengthAt(lengths: Uint16Array, at: number): number {
  return lengths[at] ?? 0;
}

/** Without the comma at the end: a line does not differ because another one follows it now. */
function bare(line: string): string {
  return line.replace(/,$/, '');
}

function fold(lines: readonly Compared[]): DiffLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  const folded: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    const last = folded.at(-1);
    if (near[index]) folded.push(line);
    else if (last?.kind === 'folded') last.count += 1;
    else folded.push({ kind: 'folded', count: 1 });
  }
  return folded;
}
