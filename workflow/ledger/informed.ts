import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import type { Store } from './store.ts';
import { informedKey } from './table.ts';

/** What the channel is told without being asked to decide anything. */
const informationSchema = z.object({
  /** Of the execution that tells it. */
  id: z.string().check(z.minLength(1)),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Who made the change, as a person reads it. */
  who: z.string(),
  /** How it ended, in a word or a few. */
  ended: z.string(),
  /** The change, in one line. */
  what: z.string(),
});
export type Information = z.infer<typeof informationSchema>;

/** As many of one window are read at most. */
export const MOST_INFORMED = 500;

/** What the channel was informed of within one window of time, so that very many are counted instead of told one by one. */
export interface Informed {
  /** Safe to repeat: of the same execution the first stays. */
  keepInformation(window: string, information: Information): Promise<void>;
  /** Of one window, oldest first; any MOST_INFORMED of them where there are more. */
  listInformed(window: string): Promise<Information[]>;
}

export function informedOver(store: Store): Informed {
  return {
    keepInformation: async (window, information) => {
      const item = { ...information, ...informedKey(window, information.id) };
      await store.put(item, { expression: 'attribute_not_exists(#pk)' });
    },
    listInformed: async (window) => {
      const partition = informedKey(window, '').pk;
      const found = (await store.query({ index: false, partition, limit: MOST_INFORMED })).map(fromItem);
      return found.sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));
    },
  };
}

const fromItem = itemReader(informationSchema);
