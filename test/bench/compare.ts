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
/** So that nothing runs for ever where the clock stands still. */
const MOST_TIMES_MORE = 40;

/**
 * Takes turns, so that whatever slows the machine slows all alike, and counts the processor's time of this thread
 * alone. The first rounds warm up; where the base is too quick for the clock, there are more.
 */
export function compare(base: () => unknown, subjects: readonly Subject[], rounds: number): Ratio[] {
  const runs = [base, ...subjects.map(({ run }) => run)];
  const spent = runs.map(() => 0) as [number, ...number[]];
  const warmUp = Math.ceil(rounds / 5);
  let round = -warmUp;
  for (; round < rounds || (spent[0] < LEAST_MS && round < rounds * MOST_TIMES_MORE); round++) {
    runs.forEach((run, index) => {
      const milliseconds = cpuTime(run);
      if (round >= 0) spent[index] = (spent[index] as number) + milliseconds;
    });
  }
  const [ofBase, ...ofSubjects] = spent;
  return subjects.map(({ what }, index) => ({
    what,
    ratio: (ofSubjects[index] as number) / ofBase,
    milliseconds: (ofSubjects[index] as number) / round,
    baseMilliseconds: ofBase / round,
  }));
}

function cpuTime(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/** The middle one: a single hiccup does not move it. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
