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

/**
 * Takes turns, so that whatever slows the machine slows all alike, and counts the processor's time of this thread
 * alone. The first rounds warm up.
 */
export function compare(base: () => unknown, subjects: readonly Subject[], rounds: number): Ratio[] {
  const runs = [base, ...subjects.map(({ run }) => run)];
  const spent = runs.map(() => 0);
  const warmUp = Math.ceil(rounds / 5);
  for (let round = -warmUp; round < rounds; round++) {
    runs.forEach((run, index) => {
      const milliseconds = cpuTime(run);
      if (round >= 0) spent[index] = (spent[index] as number) + milliseconds;
    });
  }
  const [ofBase, ...ofSubjects] = spent as [number, ...number[]];
  return subjects.map(({ what }, index) => ({
    what,
    ratio: (ofSubjects[index] as number) / ofBase,
    milliseconds: (ofSubjects[index] as number) / rounds,
    baseMilliseconds: ofBase / rounds,
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
