/** A slip of the finger or two; more would suggest words that nobody meant. */
const FARTHEST = 2;

/** @returns the word that was probably meant, when one is near enough */
export function suggest(typed: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, distance: distance(typed.toLowerCase(), word) }))
    .filter(({ word, distance }) => distance <= FARTHEST && distance < word.length)
    .toSorted((one, other) => one.distance - other.distance);
  return near[0]?.word;
}

/** How many letters have to be put in, left out, replaced or swapped with their neighbour to make one of the other. */
function distance(one: string, other: string): number {
  // Longer than any word by more than what counts: not worth a table.
  if (Math.abs(one.length - other.length) > FARTHEST) return Math.abs(one.length - other.length);
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) row.push(step(rows, row, one, other, i, j));
    rows.push(row);
    // A swap reaches back two rows: where neither is near, no later one comes nearer.
    if (Math.min(...row, ...(rows[i - 1] ?? [])) > FARTHEST) return FARTHEST + 1;
  }
  return at(rows[one.length], other.length);
}

function step(rows: number[][], row: number[], one: string, other: string, i: number, j: number): number {
  const above = rows[i - 1];
  const replaced = at(above, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
  const swaps = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
  const swapped = swaps ? at(rows[i - 2], j - 2) + 1 : replaced;
  return Math.min(at(above, j) + 1, at(row, j - 1) + 1, replaced, swapped);
}

function at(row: number[] | undefined, index: number): number {
  return row?.[index] ?? 0;
}
