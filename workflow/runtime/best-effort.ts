import { inTime } from './in-time.ts';
import type { Log } from './logger.ts';

export interface BestEffort {
  /** What is asked, as it continues "… did not tell": `whether pg-abc is recorded`. */
  what: string;
  /** How long it may take, in milliseconds. */
  timeoutMs: number;
  log: Log;
  /** To search the log by. */
  fields?: Record<string, unknown>;
}

/**
 * Asks for what helps and must never stop anything. What fails or comes late is not known; the log tells why.
 *
 * @returns undefined when there is no answer in time
 */
export async function bestEffort<T>(
  question: () => Promise<T>,
  { what, timeoutMs, log, fields }: BestEffort,
): Promise<T | undefined> {
  try {
    return await inTime(question(), timeoutMs);
  } catch (error) {
    log.warn(`Nothing told ${what}; going on without it.`, { ...fields, error });
    return undefined;
  }
}
