import type { Condition, Item, Store } from './store.ts';

/**
 * Writes an item that names its writer (`claim`), if the condition holds. The SDK repeats a write whose answer was
 * lost; a repetition that then meets its own item has succeeded.
 */
export async function putOwn(
  store: Store,
  item: Item & { claim: string },
  condition: Condition,
): Promise<boolean> {
  if (await store.put(item, condition)) return true;
  const { pk, sk, claim } = item;
  return (await store.get({ pk, sk }))?.claim === claim;
}

/** What was claimed still is claimed by this caller: whoever was slower than the claim lasts has lost it. */
export function claimedBy(claim: string): Condition {
  return { expression: '#claim = :ours', values: { ':ours': claim } };
}
