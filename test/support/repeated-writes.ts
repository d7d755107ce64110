import type { Store } from '../../workflow/ledger/store.ts';

/**
 * A store whose every conditional write is made twice, and whose first answer is lost: what the SDK does when a
 * connection breaks.
 *
 * @param between what others do before the repetition
 */
export function repeatedWrites(store: Store, between: () => Promise<unknown> = async () => {}): Store {
  const twice = async <T>(write: () => Promise<T>): Promise<T> => {
    await write();
    await between();
    return write();
  };
  return {
    ...store,
    put: (item, condition) => twice(() => store.put(item, condition)),
    update: (key, set, condition, remove) => twice(() => store.update(key, set, condition, remove)),
  };
}
