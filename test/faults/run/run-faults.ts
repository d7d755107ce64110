import type { Case } from '../cases/case.ts';
import { orderCases, outageCases, pairCase, plainCases, type Recording } from '../cases/make-cases.ts';
import { oneIn, SHORT_PAIRS, shardOf, shortForm } from '../cases/samples.ts';
import { singleCases } from '../cases/single-cases.ts';
import type { Result } from './messages.ts';
import type { Options } from './options.ts';
import { createPool } from './pool.ts';

/**
 * Plays the cases that the options ask for.
 *
 * @param told of each case as it ends, and how many have been played
 * @param isStopped asked before each case: what has been played by then is all
 * @returns what was seen, in an order that the number of workers does not change
 */
export async function runFaults(
  options: Options,
  told: (result: Result, done: number) => void,
  isStopped: () => boolean = () => false,
): Promise<Result[]> {
  const end = Date.now() + options.minutes * 60_000;
  const pool = await createPool(options.workers, options.seed);
  let done = 0;
  const tell = (result: Result) => told(result, ++done);
  try {
    const play = (cases: Iterable<Case>) => pool.play(until(isStopped, cases), tell);
    const recordings = await play(plainCasesFor(options.only));
    const results = await play(namedCases(recordings, options));
    results.push(...(await play(pairs(recordings, options, end))));
    // They are there for their recordings where something else is asked for.
    return options.only === undefined ? [...recordings, ...results] : results;
  } finally {
    pool.close();
  }
}

function* until(isStopped: () => boolean, cases: Iterable<Case>): Generator<Case> {
  for (const each of cases) {
    if (isStopped()) return;
    yield each;
  }
}

/** A name that tells a containment, and perhaps an ending, needs no other recording. */
function plainCasesFor(only = ''): Case[] {
  const all = plainCases();
  const ofContainment = all.filter(({ containment }) => only.includes(`| ${containment} |`));
  const told = ofContainment.filter(({ story }) => only.includes(`| ${story} |`));
  return [told, ofContainment, all].find(({ length }) => length > 0) ?? all;
}

function namedCases(recordings: readonly Recording[], options: Options): Case[] {
  const { short, only, oneIn: each, shard, seed } = options;
  const all = [...singleCases(recordings), ...orderCases(), ...outageCases()];
  if (short) return shortForm(all, seed);
  const wanted = only === undefined ? all : [...plainCases(), ...all].filter(({ id }) => id.includes(only));
  return shardOf(oneIn(wanted, each, seed), shard);
}

/** Pairs have their number in the name. */
function* pairs(
  recordings: readonly Recording[],
  { short, only, seed }: Options,
  end: number,
): Generator<Case> {
  if (only !== undefined && !only.startsWith('pair')) return;
  const [, asked] = /^pair (\d+)$/.exec(only ?? '') ?? [];
  if (asked !== undefined) return yield pairCase(recordings, seed, Number(asked));
  for (let index = 0; short ? index < SHORT_PAIRS : Date.now() < end; index += 1) {
    yield pairCase(recordings, seed, index);
  }
}
