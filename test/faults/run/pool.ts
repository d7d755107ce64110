import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Case } from '../cases/case.ts';
import type { Result } from './messages.ts';

const WORKER = new URL('./worker.ts', import.meta.url);

/** A case that takes longer is broken, and so is its worker: minutes, for a machine that is busy. Real milliseconds. */
const LONGEST_MS = 900_000;

export interface Pool {
  /**
   * Plays cases, each in a sandbox of its own.
   *
   * @param told of each as it ends
   * @returns what was seen, in the order of the cases
   */
  play(cases: Iterable<Case>, told: (result: Result) => void): Promise<Result[]>;
  close(): void;
}

/** @param size how many processes play at once */
export async function createPool(size: number, seed: number): Promise<Pool> {
  const workers = await Promise.all(Array.from({ length: size }, startWorker));
  return {
    async play(cases, told) {
      const waiting = cases[Symbol.iterator]();
      const results: Result[] = [];
      let taken = 0;
      await Promise.all(
        workers.map(async (_, index) => {
          for (let next = waiting.next(); !next.done; next = waiting.next()) {
            const place = taken++;
            const result = await playIn(workers[index] as ChildProcess, next.value, seed);
            if (result.broken !== undefined) {
              workers[index]?.kill();
              workers[index] = await startWorker();
            }
            results[place] = result;
            told(result);
          }
        }),
      );
      return results;
    },
    close: () => {
      for (const worker of workers) worker.disconnect();
    },
  };
}

async function startWorker(): Promise<ChildProcess> {
  // Each case leaves a sandbox behind: a larger nursery spares half of the collecting, and each core has a worker.
  const worker = fork(WORKER, {
    execArgv: ['--max-semi-space-size=64', '--single-threaded-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(worker, 'exit').then(() => {
    throw new Error('A worker ended before it could play anything; what it wrote above says why.');
  });
  await Promise.race([once(worker, 'message'), ended]);
  ended.catch(() => {});
  return worker;
}

async function playIn(worker: ChildProcess, played: Case, seed: number): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), LONGEST_MS);
  try {
    worker.send({ played, seed });
    const [result] = (await once(worker, 'message', { signal: late.signal })) as [Result];
    return result;
  } catch (error) {
    const broken = `No end after ${LONGEST_MS / 1000} s: ${String(error)}`;
    return {
      played,
      violations: [],
      calls: [],
      callsUntilAsked: 0,
      struck: false,
      broken,
      tookMs: LONGEST_MS,
    };
  } finally {
    clearTimeout(timer);
  }
}
