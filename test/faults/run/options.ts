import { availableParallelism } from 'node:os';
import { UsageError } from '../../../infra/command/run-command.ts';
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

export const HELP = `Plays whole executions with faults in them, checks after each what must always hold, and prints a table.

Usage: npm run -s test:faults -- [--short] [--seed N] [--only CASE] [--one-in N] [--shard K/N] [--minutes N]
         [--workers N] [--json FILE]

  --short      a sample that is always the same: each fault for each containment, orders, outages, pairs
  --seed N     draws the pairs and the jitter; a new one unless given, with --short always the same
  --only CASE  plays the cases whose name holds CASE, and shows every call of as many as 50; 'pair' plays pairs alone
  --one-in N   plays one in N of all cases but pairs, drawn by the seed
  --shard K/N  plays the Kth of N parts of what is asked for otherwise, for as many machines
  --minutes N  draws pairs until N minutes have passed; 10 unless given
  --workers N  plays so many cases at once; as many as there are cores unless given
  --json FILE  writes the figures there as well
  --help       this text

Ends with 1 where a promise was broken, or nothing was played.
`;

export const OPTIONS = {
  short: { type: 'boolean' },
  seed: { type: 'string' },
  only: { type: 'string' },
  json: { type: 'string' },
  minutes: { type: 'string' },
  shard: { type: 'string' },
  'one-in': { type: 'string' },
  workers: { type: 'string' },
} as const;

type Values = { short?: boolean | undefined } & {
  [Name in Exclude<keyof typeof OPTIONS, 'short'>]?: string | undefined;
};

/** @throws UsageError for a number that is none */
export function readOptions(values: Values, drawSeed: () => number): Options {
  const { short = false, only, json, shard = '1/1', minutes = '10' } = values;
  const newSeed = () => (short ? SHORT_SEED : drawSeed());
  return {
    ...{ short, only, json },
    seed: values.seed === undefined ? newSeed() : wholeNumber(values.seed, '--seed'),
    minutes: wholeNumber(minutes, '--minutes'),
    oneIn: wholeNumber(values['one-in'] ?? '1', '--one-in'),
    shard: readShard(shard),
    workers: values.workers === undefined ? availableParallelism() : wholeNumber(values.workers, '--workers'),
  };
}

function readShard(text: string): Shard {
  const [nth = 0, of = 0] = text.split('/').map(Number);
  if (/^\d{1,4}\/\d{1,4}$/.test(text) && nth >= 1 && nth <= of) return { nth, of };
  throw new UsageError(`--shard must be K/N, with K from 1 to N, not ${JSON.stringify(text)}.`);
}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new UsageError(`${option} must be a whole number, not ${JSON.stringify(text)}.`);
}
