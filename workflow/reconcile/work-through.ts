import { aFewAtOnce } from '../runtime/a-few-at-once.ts';
import type { Log } from '../runtime/logger.ts';

/** Calls of Step Functions are throttled at some ten a second for an account. */
const AT_ONCE = 8;

/**
 * Does something for each item, a few at once. What fails for one is logged, and holds up no other: the next run tries
 * it again.
 *
 * @returns what was done for those for which it did not fail
 */
export async function workThrough<Item, Result>(
  items: readonly Item[],
  log: Log,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const done: Result[] = [];
  await aFewAtOnce(items, AT_ONCE, async (item) => {
    try {
      done.push(await work(item));
    } catch (error) {
      log.error('One thing could not be reconciled; the next run tries again.', { error });
    }
  });
  return done;
}
