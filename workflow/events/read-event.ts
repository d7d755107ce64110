import { type CloudTrailRecord, parseRecord, recordIn } from './cloudtrail-record.ts';
import { NotAChangeError, UnreadableChangeError } from './errors.ts';
import { IAM_EVENT_SOURCE, type ParsedChange, parseChange } from './parse-change.ts';
import { WATCHED_CALLS } from './watched-calls.ts';

/** What an event turned out to be. */
export type EventReading =
  | { type: 'change'; record: CloudTrailRecord; parsed: ParsedChange }
  /** Certainly no watched change that took place. */
  | { type: 'no-change'; reason: string }
  /** Perhaps a change; what it did cannot be made out. */
  | { type: 'unreadable'; reason: string };

/** @param event an EventBridge event with a CloudTrail record as its detail, or such a record itself */
export function readEvent(event: unknown): EventReading {
  const raw = recordIn(event);
  // First, because an archive holds thousands of other records for each of these.
  if (!couldBeChange(raw)) {
    return { type: 'no-change', reason: `It is not a change that is watched. ${namesIn(raw)}` };
  }
  try {
    const record = parseRecord(raw);
    return { type: 'change', record, parsed: parseChange(record) };
  } catch (error) {
    if (error instanceof NotAChangeError) return { type: 'no-change', reason: error.message };
    if (!(error instanceof UnreadableChangeError)) throw error;
    return { type: 'unreadable', reason: `${error.message} ${namesIn(raw)}` };
  }
}

/** Only a name or a service that is there and different rules a change out; what is missing rules out nothing. */
function couldBeChange(raw: unknown): boolean {
  const { eventName, eventSource } = fields(raw);
  const otherName = typeof eventName === 'string' && !WATCHED_CALLS.has(eventName);
  const otherSource = typeof eventSource === 'string' && eventSource !== IAM_EVENT_SOURCE;
  return !otherName && !otherSource;
}

/** So that a person can find the record in CloudTrail. */
function namesIn(raw: unknown): string {
  const { eventName, eventID, eventTime, recipientAccountId } = fields(raw);
  return `(eventName ${text(eventName)}, eventID ${text(eventID)}, eventTime ${text(eventTime)}, account ${text(recipientAccountId)})`;
}

function fields(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100) : 'not given';
}
