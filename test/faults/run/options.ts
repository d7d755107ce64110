import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SHORT_SEED } from '../cases/samples.ts';

export interface Options {
  /** A small sample of everything, the same each time. */
  short: boolean;
  seed: number;
  /** Plays the cases whose name holds this, and tells what was seen. */
  only: string | undefined;
  /** Where the figures go as JSON. */
  json: string | undefined;
  /** How long pairs are drawn, at least so many minutes after the start. */
  minutes: number;
  /** Of the cases that have a name, one in so many is played. */
  oneIn: number;
  /** Processes that play at once. */
  workers: number;
}

export const USAGE = `npm run test:faults -- [--short] [--seed N] [--only CASE] [--one-in N] [--minutes N] [--workers N] [--json FILE]
  --short      a sample that is always the same: each fault for each containment, orders, outages, pairs
  --seed N     draws the pairs and the jitter; a new one unless given, with --short always the same
  --only CASE  plays the cases whose name holds CASE, and shows every call; 'pair' plays pairs alone
  --one-in N   plays one in N of all cases but pairs, drawn by the seed
  --minutes N  draws pairs until N minutes have passed; 10 unless given
  --workers N  plays so many cases at once; as many as there are cores unless given
  --json FILE  writes the figures there as well`;

/** @throws Error for an option that there is not, or a number that is none */
export function readOptions(args: string[], drawSeed: () => number): Options {
  const { values } = parseArgs({
    args,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      'one-in': { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const newSeed = () => (values.short ? SHORT_SEED : drawSeed());
  return {
    ...{ short: values.short, only: values.only, json: values.json },
    seed: values.seed === undefined ? newSeed() : wholeNumber(values.seed, '--seed'),
    minutes: wholeNumber(values.minutes, '--minutes'),
    oneIn: wholeNumber(values['one-in'], '--one-in'),
    workers: wholeNumber(values.workers, '--workers'),
  };
}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`${option} must be a whole number, not ${JSON.stringify(text)}.`);
}
