interface Subject {
  what: string;
  run(): unknown;
}

/** How long something takes against something else, in one run. */
export interface Ratio {
  what: string;
  ratio: number;
  /** Milliseconds for one run, and for one of what it is compared with; 0 where the clock has not moved. */
  milliseconds: number;
  baseMilliseconds: number;
}

/** What the base has to take in all, so that a clock that moves in steps of ten still measures it. Milliseconds. */
const LEAST_MS = 250;
/** The rounds are counted in so many parts, of which the quickest is what the machine does undisturbed. */
const PARTS = 5;
/** So that nothing runs for ever where the clock stands still. */
const MOST_TIMES_MORE = 40;

/**
 * Takes turns, so that whatever slows the machine slows all alike, and counts the processor's time of this thread
 * alone. The first rounds warm up; where the base is too quick for the clock, there are more.
 */
export function compare(base: () => unknown, subjects: readonly Subject[], rounds: number): Ratio[] {
  const runs = [base, ...subjects.map(({ run }) => run)];
  const spent: number[][] = runs.map(() => []);
  const warmUp = Math.ceil(rounds / 5);
  let ofBase = 0;
  for (
    let round = -warmUp;
    round < rounds || (ofBase < LEAST_MS && round < rounds * MOST_TIMES_MORE);
    round++
  ) {
    runs.forEach((run, index) => {
      const milliseconds = cpuTime(run);
      if (round < 0) return;
      spent[index]?.push(milliseconds);
      if (index === 0) ofBase += milliseconds;
    });
  }
  const [baseMilliseconds = 0, ...ofSubjects] = spent.map(quickest);
  return subjects.map(({ what }, index) => {
    const milliseconds = ofSubjects[index] as number;
    return { what, ratio: milliseconds / baseMilliseconds, milliseconds, baseMilliseconds };
  });
}

/** @returns what one round takes in the quickest part of them */
function quickest(rounds: readonly number[]): number {
  const size = Math.ceil(rounds.length / PARTS);
  const parts = Array.from({ length: Math.floor(rounds.length / size) }, (_, part) =>
    rounds.slice(part * size, (part + 1) * size),
  );
  return Math.min(...parts.map((part) => part.reduce((sum, each) => sum + each, 0) / size));
}

function cpuTime(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
