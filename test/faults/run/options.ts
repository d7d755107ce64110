import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SHORT_SEED, type Shard } from '../cases/samples.ts';

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
  /** Of those that remain, one part. */
  shard: Shard;
  /** Processes that play at once. */
  workers: number;
}

export const USAGE = `npm run test:faults -- [--short] [--seed N] [--only CASE] [--one-in N] [--shard K/N] [--minutes N] [--workers N] [--json FILE]
  --short      a sample that is always the same: each fault for each containment, orders, outages, pairs
  --seed N     draws the pairs and the jitter; a new one unless given, with --short always the same
  --only CASE  plays the cases whose name holds CASE, and shows every call of as many as 50; 'pair' plays pairs alone
  --one-in N   plays one in N of all cases but pairs, drawn by the seed
  --shard K/N  plays the Kth of N parts of what is asked for otherwise, for as many machines
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
      shard: { type: 'string', default: '1/1' },
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
    shard: readShard(values.shard),
    workers: wholeNumber(values.workers, '--workers'),
  };
}

function readShard(text: string): Shard {
  const [nth = 0, of = 0] = text.split('/').map(Number);
  if (/^\d{1,4}\/\d{1,4}$/.test(text) && nth >= 1 && nth <= of) return { nth, of };
  throw new Error(`--shard must be K/N, with K from 1 to N, not ${JSON.stringify(text)}.`);
}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`${option} must be a whole number, not ${JSON.stringify(text)}.`);
}
