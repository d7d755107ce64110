import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import type { Item, Store } from './store.ts';
import { RESTART_INDEX_KEY, restartKey, sweepKey } from './table.ts';

/** An execution that died without its change's having come to an end, as reconcile keeps it until it has. */
const restartSchema = z.object({
  /** Names the first execution, and all that were started in its place. */
  root: z.string(),
  /** The newest of them. */
  executionArn: z.string(),
  /** How many were started in its place. */
  attempts: z.int().check(z.nonnegative()),
  /** When the next may be started. */
  dueAt: z.iso.datetime(),
  /** When the first of them was seen to be dead. */
  since: z.iso.datetime(),
  /** Proves the names of those; nobody else can make one. */
  secret: z.string().check(z.minLength(16)),
  /** When people were last told of it, as far as is known. */
  toldAt: z.optional(z.iso.datetime()),
  /** Who started it with what is no event, in words, or that CloudTrail does not tell. */
  startedBy: z.optional(z.string()),
});
export type Restart = z.infer<typeof restartSchema>;

/** Executions that are to be started again, and how far the dead ones have been looked through. ISO 8601, UTC. */
export interface Restarts {
  /** Keeps a dead execution. @returns false when one of its root is kept already */
  addRestart(restart: Restart): Promise<boolean>;
  /** @returns undefined where none of this root is kept */
  readRestart(root: string): Promise<Restart | undefined>;
  /** Changes one that is kept. */
  putRestart(restart: Restart): Promise<void>;
  /** Its change has come to an end. Safe to repeat. */
  removeRestart(root: string): Promise<void>;
  /** Those that were due at this time, the longest due first. */
  listRestarts(now: string): Promise<Restart[]>;
  /** Up to when dead executions have been looked for; undefined at first. */
  readSweep(): Promise<string | undefined>;
  storeSweep(at: string): Promise<void>;
}

export function restartsOver(store: Store): Restarts {
  return {
    addRestart: (restart) => store.put(toItem(restart), { expression: 'attribute_not_exists(#pk)' }),
    readRestart: async (root) => {
      const item = await store.get(restartKey(root));
      return item && fromItem(item);
    },
    putRestart: async (restart) => {
      await store.put(toItem(restart));
    },
    removeRestart: async (root) => {
      await store.remove(restartKey(root));
    },
    listRestarts: async (now) => {
      const items = await store.query({ index: true, partition: RESTART_INDEX_KEY });
      return items.map(fromItem).filter(({ dueAt }) => dueAt <= now);
    },
    readSweep: async () => {
      const item = await store.get(sweepKey);
      return item === undefined ? undefined : z.iso.datetime().parse(item.at);
    },
    storeSweep: async (at) => {
      await store.put({ ...sweepKey, at });
    },
  };
}

function toItem(restart: Restart): Item {
  return { ...restart, ...restartKey(restart.root), gsi1pk: RESTART_INDEX_KEY, gsi1sk: restart.dueAt };
}

const fromItem = itemReader(restartSchema);
