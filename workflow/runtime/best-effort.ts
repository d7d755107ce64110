import type { Log } from './logger.ts';

/** What the log says when it fails, and the fields to search by. */
export interface Failure {
  message: string;
  /** `warn` unless something is lost for good by it. */
  level?: 'warn' | 'error';
  fields?: Record<string, unknown>;
}

/**
 * Does what nothing may depend on: an error goes to the log, and no further.
 *
 * @returns what `work` gives; undefined when it has failed
 */
export async function bestEffort<T>(
  log: Pick<Log, 'warn' | 'error'>,
  { message, level = 'warn', fields = {} }: Failure,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    log[level](message, { error, ...fields });
    return undefined;
  }
}
