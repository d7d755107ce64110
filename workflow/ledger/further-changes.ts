import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import type { Store } from './store.ts';
import { FURTHER_INDEX_KEY, furtherKey } from './table.ts';

/** What else one event was about: to be asked about by an execution of its own. */
const furtherChangeSchema = z.object({
  /** Of the request that it will have; with `seeksHolder` it stands for that alone. */
  requestId: z.string().check(z.minLength(1)),
  /** The execution that has looked at it; its input is the event. */
  executionArn: z.string(),
  /** What it is called, as `padded` of an event says it. */
  padded: z.record(z.string(), z.string()),
  /** Whom it was made of is not found yet; missing of what is out of force already. */
  seeksHolder: z.optional(z.literal(true)),
  at: z.iso.datetime(),
});
export type FurtherChange = z.infer<typeof furtherChangeSchema>;

/** Changes that have no execution yet. */
export interface FurtherChanges {
  /** Safe to repeat. */
  keepFurther(further: FurtherChange): Promise<void>;
  /** Oldest first; eventually consistent. */
  listFurther(): Promise<FurtherChange[]>;
  /** It has an execution. Safe to repeat. */
  removeFurther(requestId: string): Promise<void>;
}

export function furtherChangesOver(store: Store): FurtherChanges {
  return {
    keepFurther: async (further) => {
      const place = { gsi1pk: FURTHER_INDEX_KEY, gsi1sk: further.at };
      await store.put({ ...further, ...furtherKey(further.requestId), ...place });
    },
    listFurther: async () => (await store.query({ index: true, partition: FURTHER_INDEX_KEY })).map(fromItem),
    removeFurther: async (requestId) => {
      await store.remove(furtherKey(requestId));
    },
  };
}

const fromItem = itemReader(furtherChangeSchema);
