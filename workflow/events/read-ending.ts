import { type CloudTrailRecord, parseRecord, recordIn } from './cloudtrail-record.ts';
import { UnreadableChangeError } from './errors.ts';
import { IAM_EVENT_SOURCE } from './parse-change.ts';
import { ENDING_CALLS, type Ended, RENAMING_CALLS, type Renaming } from './watched-calls.ts';

/**
 * What an event has taken away.
 *
 * @param event an EventBridge event with a CloudTrail record as its detail, or such a record itself
 * @returns undefined where it has taken nothing away, or does not say what
 */
export function readEnding(event: unknown): Ended | undefined {
  return readBy(ENDING_CALLS, event)?.read;
}

/**
 * What other name an event has given, and its record.
 *
 * @param event as for `readEnding`
 * @returns undefined where it has given none, or does not say which
 */
export function readRenaming(event: unknown): (Renaming & { record: CloudTrailRecord }) | undefined {
  const { record, read } = readBy(RENAMING_CALLS, event) ?? {};
  return record && read && { ...read, record };
}

function readBy<T>(
  calls: ReadonlyMap<string, (record: CloudTrailRecord) => T>,
  event: unknown,
): { record: CloudTrailRecord; read: T } | undefined {
  try {
    const record = parseRecord(recordIn(event));
    const call = record.eventSource === IAM_EVENT_SOURCE ? calls.get(record.eventName) : undefined;
    return call && record.errorCode === undefined ? { record, read: call(record) } : undefined;
  } catch (error) {
    if (error instanceof UnreadableChangeError) return undefined;
    throw error;
  }
}
