import * as z from '../../../../workflow/runtime/zod.ts';
import { jsonOperation } from '../front-door/parameters.ts';
import { AwsError, type Service } from '../front-door/service.ts';
import type { CloudTrailRecord } from './record.ts';

const ATTRIBUTES = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;

/** One page holds so many events at most, which is also what nobody asks for. */
const LARGEST_PAGE = 50;

const lookupInput = z.object({
  LookupAttributes: z.pipe(
    z._default(z.array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() })), []),
    z.transform(oneAttribute),
  ),
  StartTime: z.optional(z.number()),
  EndTime: z.optional(z.number()),
  EventCategory: z.optional(z.string()),
  MaxResults: z._default(z.number(), LARGEST_PAGE),
  NextToken: z.optional(z.string()),
});

interface Resource {
  ResourceType: string;
  ResourceName: string;
}

/** An event as LookupEvents lists it; `CloudTrailEvent` is the whole record as JSON text. */
interface LookedUp {
  EventId: string;
  EventName: string;
  ReadOnly: 'true' | 'false';
  EventTime: Date;
  EventSource: string;
  Username?: string;
  AccessKeyId?: string;
  Resources: Resource[];
  CloudTrailEvent: string;
}

/** LookupEvents answers twice a second for an account and region, and then no more. */
const CALLS_A_SECOND = 2;

interface EventHistoryOptions {
  now: () => Date;
  /** Milliseconds until an event can be found; AWS takes up to a quarter of an hour. */
  delayMs: number;
}

/** CloudTrail's event history of management events. */
export interface EventHistory {
  add(record: CloudTrailRecord): void;
  service: Service;
  /** Holds for all events, also for those that are there. */
  delayMs: number;
  isUp: boolean;
}

/**
 * Finds what was recorded, newest first, once it is as old as the delay.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createEventHistory({ now, delayMs }: EventHistoryOptions): EventHistory {
  const recorded: { record: CloudTrailRecord; at: number }[] = [];
  const answered: number[] = [];
  const history: EventHistory = {
    ...{ delayMs, isUp: true },
    add: (record) => void recorded.push({ record, at: now().getTime() }),
    service: {
      LookupEvents: jsonOperation(lookupInput, (input) => {
        if (!history.isUp) throw new AwsError('InternalFailure', 'CloudTrail is down.', 500);
        const at = now().getTime();
        requireRate(answered, at);
        const known = recorded.filter((each) => each.at + history.delayMs <= at);
        return findIn(
          known.map(({ record }) => record),
          input,
        );
      }),
    },
  };
  return history;
}

/** @throws AwsError `ThrottlingException` for the third call within a second */
function requireRate(answered: number[], at: number): void {
  const [first] = answered.slice(-CALLS_A_SECOND);
  if (answered.length >= CALLS_A_SECOND && first !== undefined && at - first < 1_000) {
    throw new AwsError('ThrottlingException', 'Rate exceeded');
  }
  answered.splice(0, answered.length - CALLS_A_SECOND + 1);
  answered.push(at);
}

/** @param records oldest first */
function findIn(records: readonly CloudTrailRecord[], input: z.output<typeof lookupInput>): object {
  requireRange(input);
  const newestFirst = records
    .toReversed()
    .map(lookedUp)
    .toSorted((one, other) => other.EventTime.getTime() - one.EventTime.getTime());
  const events = input.EventCategory === 'insight' ? [] : newestFirst;
  const wanted = events.filter((event) => isBetween(event, input) && matches(event, input.LookupAttributes));
  const start = positionOf(input.NextToken);
  const end = start + input.MaxResults;
  return { Events: wanted.slice(start, end), ...(end < wanted.length && { NextToken: tokenFor(end) }) };
}

type Attribute = { key: (typeof ATTRIBUTES)[number]; value: string };

/** @throws AwsError `InvalidLookupAttributesException` for more than one, and for one that does not exist */
function oneAttribute(given: { AttributeKey: string; AttributeValue: string }[]): Attribute | undefined {
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  const key = ATTRIBUTES.find((each) => each === first.AttributeKey);
  if (key !== undefined && others.length === 0) return { key, value: first.AttributeValue };
  throw new AwsError(
    'InvalidLookupAttributesException',
    `You can specify one attribute of ${ATTRIBUTES.join(', ')}.`,
  );
}

/** @throws AwsError `InvalidTimeRangeException`, `InvalidMaxResultsException`, `InvalidEventCategoryException` */
function requireRange(input: z.output<typeof lookupInput>): void {
  const { StartTime, EndTime, MaxResults, EventCategory } = input;
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > LARGEST_PAGE) {
    throw new AwsError('InvalidMaxResultsException', `MaxResults must be from 1 to ${LARGEST_PAGE}.`);
  }
  if (EventCategory !== undefined && EventCategory !== 'insight') {
    throw new AwsError('InvalidEventCategoryException', 'The only event category to ask for is insight.');
  }
}

/** Both ends belong to the range; times are seconds since 1970. */
function isBetween({ EventTime }: LookedUp, { StartTime, EndTime }: z.output<typeof lookupInput>): boolean {
  const time = EventTime.getTime() / 1000;
  return time >= (StartTime ?? time) && time <= (EndTime ?? time);
}

function matches(event: LookedUp, attribute: Attribute | undefined): boolean {
  if (attribute === undefined) return true;
  const { key, value } = attribute;
  if (key === 'ResourceType' || key === 'ResourceName') {
    return event.Resources.some((resource) => resource[key] === value);
  }
  return event[key] === value;
}

function lookedUp(record: CloudTrailRecord): LookedUp {
  const { accessKeyId } = record.userIdentity as { accessKeyId?: string };
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: record.readOnly ? 'true' : 'false',
    EventTime: new Date(record.eventTime),
    EventSource: record.eventSource,
    Username: userNameOf(record.userIdentity),
    AccessKeyId: accessKeyId,
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The name of a user, `root`, or what a session is called. */
function userNameOf({ type, userName, principalId }: Record<string, unknown>): string | undefined {
  if (type === 'Root') return 'root';
  if (typeof userName === 'string') return userName;
  return String(principalId ?? '').split(':')[1];
}

const RESOURCES = [
  ['policyArn', 'AWS::IAM::Policy'],
  ['policyName', 'AWS::IAM::Policy'],
  ['userName', 'AWS::IAM::User'],
  ['groupName', 'AWS::IAM::Group'],
  ['roleName', 'AWS::IAM::Role'],
] as const;

function resourcesOf({ requestParameters, responseElements }: CloudTrailRecord): Resource[] {
  const { policy } = (responseElements ?? {}) as { policy?: { arn?: unknown } };
  const named: Record<string, unknown> = { policyArn: policy?.arn, ...requestParameters };
  return RESOURCES.flatMap(([parameter, ResourceType]) => {
    const name = named[parameter];
    return typeof name === 'string' ? [{ ResourceType, ResourceName: name }] : [];
  });
}

function tokenFor(position: number): string {
  return Buffer.from(`event:${position}`).toString('base64');
}

/** @throws AwsError `InvalidNextTokenException` for a token that no earlier page gave */
function positionOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, position] = /^event:(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (position === undefined) throw new AwsError('InvalidNextTokenException', 'The token is not valid.');
  return Number(position);
}
