import type { Entity } from '../events/change.ts';
import * as z from '../runtime/zod.ts';
import { readItem } from './read-item.ts';
import type { Store } from './store.ts';
import { givenUpKey, renamedKey } from './table.ts';

/** What a user or group was called before. */
const renamedSchema = z.object({
  /** Its unique id, which it keeps. */
  id: z.string(),
  /** Newest first. */
  formerly: z.array(z.string()),
});
type Renamed = z.infer<typeof renamedSchema>;

/** Who had a name that was given up. */
const givenUpSchema = z.object({
  id: z.string(),
  /** Until when, at least. */
  at: z.iso.datetime(),
});

/** A user or group has another name. */
export interface KeptRename {
  entity: Entity;
  formerly: string;
  now: string;
  /** Its unique id. */
  id: string;
  /** When it was renamed, or was seen to be. ISO 8601, UTC. */
  at: string;
}

/** Former names of users and groups: what was decided for one is found under the name that it has now. */
export interface Renames {
  /** Safe to repeat. */
  keepRename(renamed: KeptRename): Promise<void>;
  /**
   * The unique id of the user or group that had a name at a time, and gave it up later.
   *
   * @param at ISO 8601, UTC
   */
  formerHolder(entity: Entity, name: string, at: string): Promise<string | undefined>;
}

/** Whoever renames in a loop makes no more of them. */
const MOST_NAMES = 20;

export function renamesOver(store: Store): Renames {
  return {
    keepRename: async ({ entity, formerly, now, id, at }) => {
      const [there, before] = await Promise.all([
        readRenamed(store, entity, now),
        readRenamed(store, entity, formerly),
      ]);
      const earlier = [there, before].flatMap((each) => (each?.id === id ? each.formerly : []));
      const names = [...new Set([formerly, ...earlier].map((name) => name.toLowerCase()))];
      const others = names.filter((name) => name !== now.toLowerCase());
      const renamed: Renamed = { id, formerly: others.slice(0, MOST_NAMES) };
      const givenUp = { ...givenUpKey(entity, formerly), id, at };
      const newer = { expression: 'attribute_not_exists(#at) OR #at < :at', values: { ':at': at } };
      await Promise.all([store.put({ ...renamedKey(entity, now), ...renamed }), store.put(givenUp, newer)]);
    },
    formerHolder: async (entity, name, at) => {
      const givenUp = await readItem(store, givenUpKey(entity, name), givenUpSchema);
      return givenUp !== undefined && givenUp.at >= at ? givenUp.id : undefined;
    },
  };
}

function readRenamed(store: Store, entity: string, name: string): Promise<Renamed | undefined> {
  return readItem(store, renamedKey(entity, name), renamedSchema);
}

/** The unique id of the user or group that a target names, where it had other names, and the target under those. */
export interface FormerTargets {
  id: string;
  /** Newest first. */
  keys: string[];
}

/** @param targetKey of `targetKey`; IAM's names hold no `|` */
export async function readFormerTargets(store: Store, targetKey: string): Promise<FormerTargets | undefined> {
  const [type, account, entity = '', name = '', ...rest] = targetKey.split('|');
  if (entity !== 'user' && entity !== 'group') return undefined;
  const renamed = await readRenamed(store, entity, name);
  return (
    renamed && {
      id: renamed.id,
      keys: renamed.formerly.map((former) => [type, account, entity, former, ...rest].join('|')),
    }
  );
}
