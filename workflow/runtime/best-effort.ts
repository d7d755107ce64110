import type { Log } from './logger.ts';

/**
 * Does what helps and must never stop anything. Why it failed is in the log and nowhere else.
 *
 * @param note how loud the log is about it: its `warn` or its `error`
 * @param message what it means that it failed
 * @param fields to search the log by
 * @returns what `work` gives; undefined when it has failed
 */
export async function bestEffort<T>(
  note: Log['warn'],
  message: string,
  fields: Record<string, unknown>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    note(message, { ...fields, error });
    return undefined;
  }
}
