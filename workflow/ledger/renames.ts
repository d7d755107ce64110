import type { Entity } from '../events/change.ts';
import * as z from '../runtime/zod.ts';
import { CorruptLedgerItemError } from './errors.ts';
import type { Store } from './store.ts';
import { renamedKey } from './table.ts';

/** What a user or group was called before. */
const renamedSchema = z.object({
  /** Its unique id, which it keeps. */
  id: z.string(),
  /** Newest first. */
  formerly: z.array(z.string()),
});
type Renamed = z.infer<typeof renamedSchema>;

/** Former names of users and groups: what was decided for one is found under the name that it has now. */
export interface Renames {
  /** It has another name now. Safe to repeat. */
  keepRename(renamed: { entity: Entity; formerly: string; now: string; id: string }): Promise<void>;
}

/** Whoever renames in a loop makes no more of them. */
const MOST_NAMES = 20;

export function renamesOver(store: Store): Renames {
  return {
    keepRename: async ({ entity, formerly, now, id }) => {
      const [there, before] = await Promise.all([
        readRenamed(store, entity, now),
        readRenamed(store, entity, formerly),
      ]);
      const earlier = [there, before].flatMap((each) => (each?.id === id ? each.formerly : []));
      const names = [...new Set([formerly, ...earlier].map((name) => name.toLowerCase()))];
      const others = names.filter((name) => name !== now.toLowerCase());
      const renamed: Renamed = { id, formerly: others.slice(0, MOST_NAMES) };
      await store.put({ ...renamedKey(entity, now), ...renamed });
    },
  };
}

async function readRenamed(store: Store, entity: string, name: string): Promise<Renamed | undefined> {
  const key = renamedKey(entity, name);
  const item = await store.get(key);
  if (item === undefined) return undefined;
  const renamed = renamedSchema.safeParse(item);
  if (!renamed.success) throw new CorruptLedgerItemError(key.pk, key.sk, renamed.error);
  return renamed.data;
}

/**
 * The same target under the names that its user or group had before, newest first.
 *
 * @param targetKey of `targetKey`; IAM's names hold no `|`
 */
export async function formerTargetKeys(store: Store, targetKey: string): Promise<string[]> {
  const [type, account, entity = '', name = '', ...rest] = targetKey.split('|');
  if (entity !== 'user' && entity !== 'group') return [];
  const renamed = await readRenamed(store, entity, name);
  return (renamed?.formerly ?? []).map((former) => [type, account, entity, former, ...rest].join('|'));
}
