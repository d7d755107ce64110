interface Subject {
  what: string;
  run(): unknown;
}

/** How long something takes against something else, in one run. */
export interface Ratio {
  what: string;
  ratio: number;
  /** Milliseconds for one run, and for one of what it is compared with. */
  milliseconds: number;
  baseMilliseconds: number;
}

/** So many parts of the rounds give a ratio each, of which the one in the middle counts. */
const PARTS = 7;
/** Rounds until what runs often has been compiled for that. */
const WARM_UP = 10;

/**
 * Takes turns, so that whatever slows the machine slows all alike. Of each part of the rounds the quickest run of each
 * counts, by the clock: that is what the machine does undisturbed.
 *
 * @param rounds how often each is run, at least
 */
export function compare(base: () => unknown, subjects: readonly Subject[], rounds: number): Ratio[] {
  const runs = [base, ...subjects.map(({ run }) => run)];
  for (let round = 0; round < WARM_UP; round++) for (const run of runs) run();
  const size = Math.ceil(rounds / PARTS);
  const parts = Array.from({ length: PARTS }, () => quickest(runs, size));
  const baseMilliseconds = middle(parts.map(([first]) => first as number));
  return subjects.map(({ what }, index) => {
    const [ratios, taken] = [
      parts.map((part) => (part[index + 1] as number) / (part[0] as number)),
      parts.map((part) => part[index + 1] as number),
    ];
    return { what, ratio: middle(ratios), milliseconds: middle(taken), baseMilliseconds };
  });
}

/** @returns milliseconds of the quickest run of each */
function quickest(runs: readonly (() => unknown)[], rounds: number): number[] {
  const least = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    runs.forEach((run, index) => {
      const from = performance.now();
      run();
      least[index] = Math.min(least[index] as number, performance.now() - from);
    });
  }
  return least;
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
