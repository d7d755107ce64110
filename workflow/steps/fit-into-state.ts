import type { Log } from '../runtime/logger.ts';

/**
 * Half of what a state may hold as UTF-8 (262,144 bytes, Step Functions quotas): what a Catch or the next step adds
 * must never bring a state near the limit, because `States.DataLimitExceeded` passes by every `States.ALL`. Bytes.
 */
export const ROOM = 131_072;

/**
 * Leaves out what only helps whoever decides until the rest has room, and tells the log what. What has to be there is
 * bounded where it is made: documents by IAM's quotas, findings, members and names by ours.
 *
 * @param helps paths of what may go, as `surroundings.before`; what is missed least first
 */
export function fitIntoState<State extends object>(state: State, helps: readonly string[], log: Log): State {
  const kept = structuredClone(state);
  const left: string[] = [];
  for (const help of helps) {
    if (Buffer.byteLength(JSON.stringify(kept)) <= ROOM) break;
    if (remove(kept as Record<string, unknown>, help.split('.'))) left.push(help);
  }
  if (left.length > 0) log.warn('There is no room for all that helps to decide; it is left out.', { left });
  return kept;
}

function remove(from: Record<string, unknown>, [name = '', ...rest]: readonly string[]): boolean {
  const value = from[name];
  if (value === undefined) return false;
  if (rest.length > 0) return remove(value as Record<string, unknown>, rest);
  delete from[name];
  return true;
}
