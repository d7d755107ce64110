import type { Target } from '../../../workflow/events/change.ts';
import { parseRecord, recordIn } from '../../../workflow/events/cloudtrail-record.ts';
import { UnreadableChangeError } from '../../../workflow/events/errors.ts';
import { documentIn } from '../../../workflow/events/event-document.ts';
import type { ParsedChange } from '../../../workflow/events/parse-change.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { describeRequester } from '../../../workflow/events/requester.ts';
import { watchedEventNames } from '../../../workflow/events/watched-calls.ts';
import type { Inspection, RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import type { Item } from './items-in.ts';

/** What is told of the change that a document came with. */
export interface EventFields {
  eventName: string;
  /** ISO 8601, UTC. */
  eventTime: string;
  eventID: string;
  accountId: string;
  requester: string;
  target: Target;
}

/** What the guard would do about one document, and why. */
export interface Answer extends Inspection {
  /** The path, with `#` and the place in the file when it may hold several. */
  source: string;
  /** False for a version that was not made default: it grants nothing, so the guard would let it be. */
  inForce?: false;
  event?: Partial<EventFields>;
}

/** Why there is no answer: what is counted, not printed. */
export type Uncounted =
  /** A change whose document the guard would read from IAM, such as an attachment. */
  | 'in-iam'
  | 'failed-call'
  | 'other-record'
  /** JSON of some other kind, met in a folder. */
  | 'other-json';

export type Judgement =
  | { type: 'answer'; answer: Answer; inputUnreadable?: true }
  | { type: 'counted'; as: Uncounted };

/** @param named whether the file was named on the command line: then what it holds must be something */
export function judge(
  item: Item,
  path: string,
  named: boolean,
  restricted: readonly RestrictedAction[],
): Judgement {
  const source = item.index === undefined ? path : `${path}#${item.index}`;
  const inspect = (text: string) => inspectDocument(text, restricted);
  if (item.type === 'document') return { type: 'answer', answer: { source, ...inspect(item.text) } };
  if (item.type === 'event') return judgeEvent(item.event, source, inspect);
  if (item.isJson && !named) return { type: 'counted', as: 'other-json' };
  const answer = { source, ...inspect(item.text) };
  return { type: 'answer', answer, ...(answer.unreadable !== undefined && { inputUnreadable: true }) };
}

type Inspect = (text: string) => Inspection;

function judgeEvent(event: unknown, source: string, inspect: Inspect): Judgement {
  const reading = readEvent(event);
  if (reading.type === 'no-change') {
    return { type: 'counted', as: isWatched(event) ? 'failed-call' : 'other-record' };
  }
  if (reading.type === 'change') return judgeChange(reading.parsed, source, inspect);
  const { requestParameters } = fieldsOf(event);
  const document = documentIn(isObject(requestParameters) ? requestParameters : undefined);
  const findings = 'text' in document ? inspect(document.text).findings : [];
  const known = knownFields(event);
  return {
    type: 'answer',
    answer: {
      source,
      restricted: true,
      findings,
      unreadable: reading.reason,
      ...(known && { event: known }),
    },
  };
}

/** What can be told of an event that does not say what was changed; nothing when it is not even a record. */
function knownFields(event: unknown): Partial<EventFields> | undefined {
  try {
    const record = parseRecord(recordIn(event));
    const { eventName, eventTime, eventID, recipientAccountId: accountId } = record;
    return { eventName, eventTime, eventID, accountId, requester: describeRequester(record).label };
  } catch (error) {
    if (!(error instanceof UnreadableChangeError)) throw error;
    const { eventName } = fieldsOf(event);
    return typeof eventName === 'string' ? { eventName } : undefined;
  }
}

function judgeChange(
  { change, document, inForce }: ParsedChange,
  source: string,
  inspect: Inspect,
): Judgement {
  const { eventName, eventTime, eventId, accountId, requester, target } = change;
  if (target.type === 'attachment' || eventName === 'SetDefaultPolicyVersion') {
    return { type: 'counted', as: 'in-iam' };
  }
  const event = { eventName, eventTime, eventID: eventId, accountId, requester: requester.label, target };
  if (!inForce) {
    return { type: 'answer', answer: { source, restricted: false, findings: [], inForce, event } };
  }
  const inspection =
    'text' in document
      ? inspect(document.text)
      : {
          restricted: true,
          findings: [],
          unreadable: `${document.missing}; the guard would read it from IAM.`,
        };
  return { type: 'answer', answer: { source, ...inspection, event } };
}

function isWatched(event: unknown): boolean {
  const { eventName, errorCode } = fieldsOf(event);
  return errorCode !== undefined && watchedEventNames.includes(String(eventName));
}

function fieldsOf(event: unknown): Record<string, unknown> {
  const record = recordIn(event);
  return isObject(record) ? record : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
