import type { Target } from '../../../workflow/events/change.ts';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { UnreadableChangeError } from '../../../workflow/events/errors.ts';
import { documentIn } from '../../../workflow/events/event-document.ts';
import type { ParsedChange } from '../../../workflow/events/parse-change.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { describeRequester } from '../../../workflow/events/requester.ts';
import { watchedEventNames } from '../../../workflow/events/watched-calls.ts';
import type { Inspection, RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { isObject } from '../../../workflow/runtime/is-object.ts';
import type { Item } from './items-in.ts';
import type { DocumentPart, LeftOut } from './shapes/reader.ts';
import { asCloudTrailWrites, reportsNoCall } from './shapes/record.ts';

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
  /** What the document is called where it stands, e.g. `aws_iam_policy.cleaner` or an ARN. */
  policy?: string;
  /** Who holds it, as far as the input says. */
  owners?: readonly string[];
  /** False for a version that was not made default: it grants nothing, so the guard would let it be. */
  inForce?: false;
  event?: Partial<EventFields>;
}

/** Where something stands in a file, in characters. */
interface Place {
  at: number;
  /** Of the statements, as far as that can be told. */
  statementsAt?: readonly number[];
}

export type Judgement = (
  | {
      type: 'answer';
      answer: Answer;
      place: Place;
      /** The document that was judged. */
      text?: string;
      /** Nothing can be said about a part of the input: it is held, and the input counts as not read. */
      isUnjudged?: true;
    }
  | { type: 'counted'; as: LeftOut; name?: string }
) & {
  /** The same for one change wherever it is met again, in whatever wrapping. */
  change?: string;
};

/** Judges one document by a list. */
type Inspect = (text: string) => Inspection;

/** @param named whether the file was named on the command line: then what it holds must be something */
export function judge(item: Item, named: boolean, restricted: readonly RestrictedAction[]): Judgement {
  const inspect = (text: string) => inspectDocument(text, restricted);
  switch (item.type) {
    case 'document':
      return judgeDocument(item, inspect);
    case 'event':
      return judgeEvent(asCloudTrailWrites(item.event), item, inspect);
    case 'left-out':
      return { type: 'counted', as: item.as, ...(item.name !== undefined && { name: item.name }) };
    case 'unjudged': {
      const { policy, reason } = item;
      return unjudged(item, { ...(policy !== undefined && { policy }), unreadable: reason });
    }
    case 'unknown': {
      if (!named && !item.isMeant) return { type: 'counted', as: 'other-json' };
      const unreadable = item.reason ?? (item.isJson ? noneIn(item.text, inspect) : noJson(item.text));
      return unjudged(item, { unreadable });
    }
  }
}

/** Why a text is not JSON, as the engine says it, without what it quotes of the text. */
function noJson(text: string): string {
  try {
    JSON.parse(text);
    return 'Not a policy that can be read: a part of it is not JSON.';
  } catch (error) {
    const [reason = ''] = (error as SyntaxError).message.split(/, (?:\.\.\.)?"/);
    return `Not a policy that can be read: it is not JSON (${reason}).`;
  }
}

function noneIn(text: string, inspect: Inspect): string {
  const none = 'no policy or record of a known shape was found in it';
  return `${inspect(text).unreadable?.replace(/\.$/, '') ?? 'Not a policy that can be read'}; ${none}.`;
}

function unjudged(place: Place, answer: Pick<Answer, 'policy' | 'unreadable'>): Judgement {
  const { at } = place;
  return {
    type: 'answer',
    answer: { restricted: true, findings: [], ...answer },
    place: { at },
    isUnjudged: true,
  };
}

function judgeDocument(part: DocumentPart, inspect: Inspect): Judgement {
  const { text, at, statementsAt, policy, owners, doubts } = part;
  const inspection = inspect(text);
  const answer: Answer = {
    ...(doubts === undefined ? inspection : doubted(inspection, doubts)),
    ...(policy !== undefined && { policy }),
    ...(owners !== undefined && { owners }),
  };
  return { type: 'answer', answer, place: { at, ...(statementsAt && { statementsAt }) }, text };
}

/** What is decided later may grant anything. */
function doubted({ findings, unreadable }: Inspection, doubts: readonly string[]): Inspection {
  const doubt = `Not known before it is deployed: ${doubts.join('; ')}.`;
  return {
    restricted: true,
    findings,
    unreadable: unreadable === undefined ? doubt : `${doubt} ${unreadable}`,
  };
}

function judgeEvent(record: unknown, place: Place, inspect: Inspect): Judgement {
  if (reportsNoCall(record)) return { type: 'counted', as: 'other-record' };
  const reading = readEvent(record);
  if (reading.type === 'no-change') {
    return { type: 'counted', as: isWatched(record) ? 'failed-call' : 'other-record' };
  }
  const change = changeIn(record);
  if (reading.type === 'change') return { ...judgeChange(reading.parsed, place, inspect), ...change };
  const { requestParameters } = fieldsOf(record);
  const document = documentIn(isObject(requestParameters) ? requestParameters : undefined);
  const findings = 'text' in document ? inspect(document.text).findings : [];
  const known = knownFields(record);
  const answer = { restricted: true, findings, unreadable: reading.reason, ...(known && { event: known }) };
  return { type: 'answer', answer, place, ...('text' in document && { text: document.text }), ...change };
}

/**
 * CloudTrail may write one record into two files, with the same `eventID`. The document belongs to it, so that
 * nothing is taken for judged that says something else.
 */
function changeIn(record: unknown): { change?: string } {
  const { eventID, eventName, recipientAccountId, requestParameters } = fieldsOf(record);
  if (typeof eventID !== 'string') return {};
  const document = fieldsOf(requestParameters).policyDocument;
  return { change: JSON.stringify([recipientAccountId, eventID, eventName, document]) };
}

/** What can be told of an event that does not say what was changed; nothing when it is not even a record. */
function knownFields(record: unknown): Partial<EventFields> | undefined {
  try {
    const parsed = parseRecord(record);
    const { eventName, eventTime, eventID, recipientAccountId: accountId } = parsed;
    return { eventName, eventTime, eventID, accountId, requester: describeRequester(parsed).label };
  } catch (error) {
    if (!(error instanceof UnreadableChangeError)) throw error;
    const { eventName } = fieldsOf(record);
    return typeof eventName === 'string' ? { eventName } : undefined;
  }
}

function judgeChange({ change, document, inForce }: ParsedChange, place: Place, inspect: Inspect): Judgement {
  const { eventName, eventTime, eventId, accountId, requester, target } = change;
  if (target.type === 'attachment' || eventName === 'SetDefaultPolicyVersion') {
    return {
      type: 'counted',
      as: 'in-iam',
      name: target.type === 'inline-policy' ? eventName : target.policyArn,
    };
  }
  const event = { eventName, eventTime, eventID: eventId, accountId, requester: requester.label, target };
  const text = 'text' in document ? { text: document.text } : {};
  if (!inForce) {
    return { type: 'answer', answer: { restricted: false, findings: [], inForce, event }, place, ...text };
  }
  const inspection =
    'text' in document
      ? inspect(document.text)
      : { restricted: true, findings: [], unreadable: missing(document) };
  return { type: 'answer', answer: { ...inspection, event }, place, ...text };
}

function missing(document: { missing: string }): string {
  return `${document.missing}; the guard would read it from IAM.`;
}

function isWatched(record: unknown): boolean {
  const { eventName, errorCode } = fieldsOf(record);
  return errorCode !== undefined && watchedEventNames.includes(String(eventName));
}

function fieldsOf(record: unknown): Record<string, unknown> {
  return isObject(record) ? record : {};
}
