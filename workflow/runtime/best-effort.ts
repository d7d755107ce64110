import { inTime } from './in-time.ts';
import type { Log } from './logger.ts';

/** What the log says when it fails, and how long it may take. */
export interface BestEffort {
  message: string;
  /** `warn` unless something is lost for good by it. */
  level?: 'warn' | 'error';
  /** To search the log by. */
  fields?: Record<string, unknown>;
  /** Milliseconds; without it, as long as `work` takes. */
  timeoutMs?: number;
}

/**
 * Does what helps and must never stop anything. Why it failed, or that it came late, is in the log and nowhere else.
 *
 * @returns what `work` gives; undefined when it has failed or is late
 */
export async function bestEffort<T>(
  log: Pick<Log, 'warn' | 'error'>,
  { message, level = 'warn', fields, timeoutMs }: BestEffort,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await (timeoutMs === undefined ? work() : inTime(work(), timeoutMs));
  } catch (error) {
    log[level](message, { ...fields, error });
    return undefined;
  }
}
