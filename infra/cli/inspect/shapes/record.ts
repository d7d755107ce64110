import { recordIn } from '../../../../workflow/events/cloudtrail-record.ts';
import { isObject } from '../../../../workflow/runtime/is-object.ts';

/**
 * The fields that are read, as CloudTrail writes them. Athena and Glue write them in lower case, other exports as
 * `EventName` or `event_name`.
 */
const NAMES: ReadonlyMap<string, string> = new Map(
  [
    ...['eventVersion', 'userIdentity', 'eventTime', 'eventSource', 'eventName', 'eventID', 'eventType'],
    ...['eventCategory', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage'],
    ...['requestParameters', 'responseElements', 'recipientAccountId', 'managementEvent', 'readOnly'],
    ...['insightDetails', 'type', 'principalId', 'arn', 'accountId', 'userName', 'identityProvider'],
    ...['invokedBy', 'sessionContext', 'sessionIssuer', 'sourceIdentity', 'onBehalfOf', 'userId'],
    ...['identityStoreArn', 'roleName', 'groupName', 'policyName', 'policyDocument', 'policyArn'],
    ...['versionId', 'setAsDefault', 'policy', 'policyVersion', 'defaultVersionId', 'isDefaultVersion'],
    ...['createDate', 'omitted', 'originalSize', 'reason'],
  ].map((name) => [lettersOf(name), name]),
);

/** Fields that hold an object, which exports write as text. */
const OBJECTS: ReadonlySet<string> = new Set(['userIdentity', 'requestParameters', 'responseElements']);

/** Record types that report no call. Source: AWS CloudTrail User Guide, "CloudTrail event reference". */
const NO_CALL = /Insight|Aggregated|Vpce/i;

/** A record inside of a row or hit, whole and as text, beside fields that were taken out of it. */
const RECORD_AS_TEXT = /^\s*\{[\s\S]*"(?:eventVersion|eventName|eventType)"/;

/** S3, SQS, Kinesis and DynamoDB name themselves so in what they send to Lambda, which has an `eventName` too. */
const NOTIFICATION = /^aws:/;

/** Whether the text holds a record. */
export function isRecordAsText(value: unknown): value is string {
  return typeof value === 'string' && RECORD_AS_TEXT.test(value);
}

/** Anything that can only be meant as a CloudTrail record, or an EventBridge event that holds one. */
export function isRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (isObject(value.detail) && isRecord(value.detail)) return true;
  if (typeof value.eventSource === 'string' && NOTIFICATION.test(value.eventSource)) return false;
  const names = new Set(Object.keys(value).map(lettersOf));
  const isNamed = names.has('eventname') && BESIDE_NAME.some((name) => names.has(name));
  return isNamed || (names.has('eventtype') && names.has('eventcategory')) || isNameless(value);
}

/** A name alone is that of many a thing; a record says with it where it is from, or what was asked. */
const BESIDE_NAME = ['eventsource', 'eventversion', 'useridentity', 'requestparameters'];

function isNameless(value: Record<string, unknown>): boolean {
  return 'eventVersion' in value && 'userIdentity' in value;
}

/** Whether the record says itself that it reports no management call: an Insight, aggregated or network record. */
export function reportsNoCall(record: unknown): boolean {
  if (!isObject(record)) return false;
  const { eventType, eventCategory } = record;
  if (typeof eventType === 'string' && NO_CALL.test(eventType)) return true;
  return typeof eventCategory === 'string' && eventCategory !== '' && !/^management$/i.test(eventCategory);
}

/**
 * Gives a record its own names and shapes back, however it was exported: keys in lower case, objects as JSON text
 * or as `{roleName=app, …}`.
 *
 * @param event a CloudTrail record, or an EventBridge event that holds one
 */
export function asCloudTrailWrites(event: unknown): unknown {
  const record = recordIn(event);
  if (!isObject(record) || isAsWritten(record)) return record;
  const entries = Object.entries(record).map(([key, value]) => {
    const name = NAMES.get(lettersOf(key)) ?? key;
    const object = OBJECTS.has(name) ? objectIn(value) : value;
    return [name, OBJECTS.has(name) ? renamed(object, name) : object];
  });
  return withoutEmptyTexts(Object.fromEntries(entries));
}

function isAsWritten(record: Record<string, unknown>): boolean {
  return 'eventName' in record && [...OBJECTS].every((name) => typeof record[name] !== 'string');
}

function renamed(value: unknown, within: string): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = NAMES.get(lettersOf(key)) ?? key;
      const isText = name === 'policyDocument' && isObject(inner);
      return [name, isText ? JSON.stringify(inner) : renamed(inner, within)];
    }),
  );
}

/** An empty cell of a table says that there is no such field. */
function withoutEmptyTexts(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== '' && value !== null && value !== '-'),
  );
}

function objectIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^\s*(?:null)?\s*$/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return mapIn(value);
  }
}

/**
 * Reads `{roleName=app, policyDocument={"Version": …}, policyName=p}`, as Lake, Athena and Elastic print maps. Values
 * that are no JSON end at the next key.
 */
function mapIn(text: string): unknown {
  const inner = text.trim().replace(/^\{|\}$/g, '');
  const keys = [...inner.matchAll(/(?:^|, )(\w+)=/g)];
  const outside = keys.filter(({ index }) => isBalanced(inner.slice(0, index)));
  return Object.fromEntries(
    outside.map((match, at) => {
      const end = outside[at + 1]?.index ?? inner.length;
      const value = inner.slice(match.index + match[0].length, end);
      return [match[1], value.startsWith('{') && value.includes('=') ? nested(value) : value];
    }),
  );
}

function nested(value: string): unknown {
  return value.includes('":') ? value : mapIn(value);
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  return depth === 0;
}

/** @returns a name without its case and what parts its words: `event_name` and `EventName` are one */
export function lettersOf(name: string): string {
  return name.replaceAll(/[^a-z]/gi, '').toLowerCase();
}
