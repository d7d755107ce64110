import { parseRecord, recordIn } from './cloudtrail-record.ts';
import { UnreadableChangeError } from './errors.ts';
import { IAM_EVENT_SOURCE } from './parse-change.ts';
import { ENDING_CALLS, type Ended } from './watched-calls.ts';

/**
 * What an event has taken away.
 *
 * @param event an EventBridge event with a CloudTrail record as its detail, or such a record itself
 * @returns undefined where it has taken nothing away, or does not say what
 */
export function readEnding(event: unknown): Ended | undefined {
  try {
    const record = parseRecord(recordIn(event));
    const ended = record.eventSource === IAM_EVENT_SOURCE ? ENDING_CALLS.get(record.eventName) : undefined;
    return record.errorCode === undefined ? ended?.(record) : undefined;
  } catch (error) {
    if (error instanceof UnreadableChangeError) return undefined;
    throw error;
  }
}
