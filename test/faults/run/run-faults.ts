import type { Case } from '../cases/case.ts';
import {
  orderCases,
  outageCases,
  pairCase,
  plainCases,
  type Recording,
  shortSelection,
  singleCases,
} from '../cases/make-cases.ts';
import type { Result } from './messages.ts';
import type { Options } from './options.ts';
import { createPool } from './pool.ts';

/** Of each family, every so many cases are in the short form. */
const SHORT = { 'no fault': 1, singles: 100, pairs: 1, 'orders and races': 7, outages: 60 } as const;
const SHORT_PAIRS = 20;
/** The short form is the same each time. */
export const SHORT_SEED = 1;

/**
 * Plays the cases that the options ask for.
 *
 * @param told of each case as it ends, and how many have been played
 */
export async function runFaults(
  options: Options,
  told: (result: Result, done: number) => void,
): Promise<Result[]> {
  const end = Date.now() + options.minutes * 60_000;
  const pool = await createPool(options.workers, options.seed);
  const results: Result[] = [];
  const keep = (result: Result) => told(result, results.push(result));
  try {
    await pool.play(plainCasesFor(options.only), keep);
    const recordings = recordingsOf(results);
    if (options.only !== undefined) return await playOnly(options.only);
    await pool.play(fixedCases(recordings, options), keep);
    await pool.play(pairs(recordings, options, end), keep);
    return results;
  } finally {
    pool.close();
  }

  async function playOnly(only: string): Promise<Result[]> {
    const plain = results.splice(0);
    const wanted = everyCase(recordingsOf(plain), options, only).filter(({ id }) => id.includes(only));
    await pool.play(wanted, keep);
    return results;
  }
}

/** A name that tells a containment and an ending needs no other recording. */
function plainCasesFor(only = ''): Case[] {
  const all = plainCases();
  const told = all.filter(({ containment, story }) => only.includes(`| ${containment} | ${story} |`));
  return told.length === 0 ? all : told;
}

function recordingsOf(results: readonly Result[]): Recording[] {
  const order = plainCases().map(({ id }) => id);
  return results
    .map(({ played, calls, callsUntilAsked }) => ({ played, calls, callsUntilAsked }))
    .sort((a, b) => order.indexOf(a.played.id) - order.indexOf(b.played.id));
}

function fixedCases(recordings: readonly Recording[], { short }: Options): Case[] {
  const all = [...singleCases(recordings), ...orderCases(), ...outageCases()];
  return short ? shortSelection(all, SHORT) : all;
}

function* pairs(recordings: readonly Recording[], { short, seed }: Options, end: number): Generator<Case> {
  for (let index = 0; short ? index < SHORT_PAIRS : Date.now() < end; index += 1) {
    yield pairCase(recordings, seed, index);
  }
}

/** Whatever a name can stand for; pairs have their number in it. */
function everyCase(recordings: readonly Recording[], options: Options, only: string): Case[] {
  const pair = /^pair (\d+)$/.exec(only)?.[1];
  if (pair !== undefined) return [pairCase(recordings, options.seed, Number(pair))];
  return [...plainCases(), ...fixedCases(recordings, { ...options, short: false })];
}
