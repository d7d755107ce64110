import type * as z from '../runtime/zod.ts';
import { CorruptLedgerItemError } from './errors.ts';
import type { Item, Store } from './store.ts';
import type { Key } from './table.ts';

/** Reads an item as the schema says. @throws CorruptLedgerItemError when it is not as this code writes them */
export function itemReader<T extends z.ZodMiniType>(schema: T) {
  return (item: Item): z.output<T> => {
    const parsed = schema.safeParse(item);
    if (!parsed.success) throw new CorruptLedgerItemError(item.pk, item.sk, parsed.error);
    return parsed.data;
  };
}

/** @returns undefined where there is none. @throws CorruptLedgerItemError */
export async function readItem<T extends z.ZodMiniType>(
  store: Store,
  key: Key,
  schema: T,
): Promise<z.output<T> | undefined> {
  const item = await store.get(key);
  return item === undefined ? undefined : itemReader(schema)(item);
}
