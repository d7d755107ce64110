import { seeded } from '../../../infra/sandbox/faults/draws.ts';
import { type Case, playCase } from '../cases/case.ts';
import { seedOf } from '../cases/seeded.ts';
import type { Job, Result } from './messages.ts';
import { becomeVirtual } from './virtual-process.ts';

await becomeVirtual();

const realNow = performance.now.bind(performance);

process.on('message', (job: Job) => void run(job).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit());
// A terminal sends it to all; whoever started this one says when it ends.
process.on('SIGINT', () => {});
process.send?.('ready');

/** What is left to chance in a case, jitter above all, comes from its name and the seed. */
async function run({ played, seed }: Job): Promise<Result> {
  Math.random = seeded(seedOf(played.id, seed));
  const began = realNow();
  try {
    return { ...(await playCase(played)), played, tookMs: realNow() - began };
  } catch (error) {
    return { ...broken(played, error), tookMs: realNow() - began };
  }
}

function broken(played: Case, error: unknown): Omit<Result, 'tookMs'> {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { played, violations: [], calls: [], callsUntilAsked: 0, struck: false, broken: why };
}
