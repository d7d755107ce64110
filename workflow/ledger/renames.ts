import type { Entity } from '../events/change.ts';
import * as z from '../runtime/zod.ts';
import { itemReader, readItem } from './read-item.ts';
import type { Store } from './store.ts';
import { givenUpKey, renamedKey, saidToBeKey } from './table.ts';

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

/** What an event says of a name, which does not tell whose it is. */
const saidSchema = z.object({ formerly: z.string(), at: z.iso.datetime() });

/** A user or group is said to have another name. */
export interface SaidRename {
  entity: Entity;
  formerly: string;
  now: string;
  /** When it was renamed, or was seen to be. ISO 8601, UTC. */
  at: string;
}

/** A user or group has another name. */
export interface KeptRename extends SaidRename {
  /** Its unique id. */
  id: string;
}

/** Former names of users and groups: what was decided for one is found under the name that it has now. */
export interface Renames {
  /**
   * Keeps what an event says, before IAM is asked: of several renamings in a row only the last shows there, and it is
   * `keepRename` of that one which makes the others true. Safe to repeat.
   */
  keepSaidRename(said: SaidRename): Promise<void>;
  /** Of all that were said to lead to `formerly`, too. Safe to repeat. */
  keepRename(renamed: KeptRename): Promise<void>;
  /**
   * The unique id of the user or group that had a name at a time, and gave it up later.
   *
   * @param at ISO 8601, UTC
   */
  formerHolder(entity: Entity, name: string, at: string): Promise<string | undefined>;
  /** What the user or group of a unique id was called before it had this name, newest first. */
  formerNames(entity: Entity, name: string, id: string): Promise<string[]>;
}

/** Whoever renames in a loop makes no more of them. */
const MOST_NAMES = 20;
/** Renamings that are understood by the last of them; more than IAM takes while CloudTrail is on its way with them. */
const MOST_IN_A_ROW = 200;

export function renamesOver(store: Store): Renames {
  return {
    keepSaidRename: async ({ entity, formerly, now, at }) => {
      await store.put({ ...saidToBeKey(entity, now, at), formerly, at });
    },
    keepRename: async (renamed) => {
      const seen = new Set<string>();
      for (
        let one: KeptRename | undefined = renamed;
        one !== undefined && seen.size < MOST_IN_A_ROW && !seen.has(one.formerly.toLowerCase());
        one = await saidBefore(store, one)
      ) {
        await keepOne(store, one);
        seen.add(one.formerly.toLowerCase());
      }
    },
    formerHolder: async (entity, name, at) => {
      const givenUp = await readItem(store, givenUpKey(entity, name), givenUpSchema);
      return givenUp !== undefined && givenUp.at >= at ? givenUp.id : undefined;
    },
    formerNames: async (entity, name, id) => {
      const renamed = await readRenamed(store, entity, name);
      return renamed?.id === id ? renamed.formerly : [];
    },
  };
}

async function keepOne(store: Store, { entity, formerly, now, id, at }: KeptRename): Promise<void> {
  const [there, before] = await Promise.all([
    readRenamed(store, entity, now),
    readRenamed(store, entity, formerly),
  ]);
  const earlier = [there, before].flatMap((each) => (each?.id === id ? each.formerly : []));
  const names = [...new Set([formerly, ...earlier].map((name) => name.toLowerCase()))];
  const others = names.filter((name) => name !== now.toLowerCase());
  const renamed: Renamed = { id, formerly: others.slice(0, MOST_NAMES) };
  const givenUp = { ...givenUpKey(entity, formerly), id, at };
  const newer = { expression: 'attribute_not_exists(#at) OR #at <= :at', values: { ':at': at } };
  await Promise.all([store.put({ ...renamedKey(entity, now), ...renamed }), store.put(givenUp, newer)]);
}

/** What was said to lead to the name that was given up, before that: the same one was renamed then. */
async function saidBefore(
  store: Store,
  { entity, formerly, now, id, at }: KeptRename,
): Promise<KeptRename | undefined> {
  const { pk, sk } = saidToBeKey(entity, formerly);
  const items = await store.query({ index: false, partition: pk, sortPrefix: sk, newestFirst: true });
  const said = items.map(itemReader(saidSchema)).find((each) => each.at <= at);
  if (said === undefined) return undefined;
  const known = await readItem(store, givenUpKey(entity, said.formerly), givenUpSchema);
  if (known?.id === id && known.at === said.at) return undefined;
  return { entity, formerly: said.formerly, now, id, at: said.at };
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
