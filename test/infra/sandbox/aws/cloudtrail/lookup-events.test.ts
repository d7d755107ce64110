import * as iam from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createEventHistory,
  type EventHistory,
} from '../../../../../infra/sandbox/aws/cloudtrail/lookup-events.ts';
import type { CloudTrailRecord } from '../../../../../infra/sandbox/aws/cloudtrail/record.ts';
import { ANONYMOUS } from '../../../../../infra/sandbox/aws/front-door/service.ts';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

interface Answer {
  Events: { EventName: string; CloudTrailEvent: string; EventTime: Date; [member: string]: unknown }[];
  NextToken?: string;
}

const START = Date.parse('2026-11-23T09:02:30Z');
let endpoint: RunningEndpoint;
let count = 0;

beforeAll(async () => {
  // A second goes by from call to call.
  endpoint = await startAwsEndpoint({}, { now: () => new Date(START + 1000 * count) });
  const developer = new iam.IAMClient(endpoint.config());
  const deployer = new iam.IAMClient(endpoint.config('deployer'));
  const { Policy } = await developer.send(
    new iam.CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument: PLACEHOLDER }),
  );
  count += 1;
  await deployer.send(new iam.AttachRolePolicyCommand({ RoleName: 'deployer', PolicyArn: Policy?.Arn }));
  count += 1;
  await deployer.send(new iam.DeleteUserCommand({ UserName: 'nobody' })).catch(() => {});
  await developer.send(new iam.ListUsersCommand({}));
});
afterAll(() => endpoint.stop());

/** By the operation itself: what it is handed has been decoded from JSON. */
const lookUp = (input: object = {}) => answerOf(historyOf(endpoint.records), input);
const answerOf = ({ service }: EventHistory, input: object = {}) =>
  service.LookupEvents?.({ ...input }, ANONYMOUS) as Answer;

function historyOf(records: readonly CloudTrailRecord[], now = () => new Date(START)): EventHistory {
  const history = createEventHistory({ now, delayMs: 0 });
  for (const record of records) history.add(record);
  return history;
}
const namesFor = (input: object) => lookUp(input).Events.map(({ EventName }) => EventName);
const by = (AttributeKey: string, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

describe('LookupEvents', () => {
  test('lists the writes that happened, refused ones too, newest first', () => {
    expect(lookUp().Events).toMatchObject([
      { EventName: 'DeleteUser', ReadOnly: 'false', EventSource: 'iam.amazonaws.com' },
      {
        ...{ EventName: 'AttachRolePolicy', Username: 'ci-build-42', EventTime: new Date(START + 1000) },
        Resources: [
          { ResourceType: 'AWS::IAM::Policy', ResourceName: 'arn:aws:iam::123456789012:policy/mine' },
          { ResourceType: 'AWS::IAM::Role', ResourceName: 'deployer' },
        ],
      },
      { EventName: 'CreatePolicy', Username: 'developer', AccessKeyId: 'AKIADEVELOPEREXAMPLE' },
    ]);
  });

  test('holds each whole record, as the event bus got it', () => {
    const records = lookUp().Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent));
    expect(records).toEqual(endpoint.records.toReversed());
    expect(records[0]).toMatchObject({ errorCode: 'NoSuchEntityException' });
  });

  test.each([
    ['EventName', 'CreatePolicy', ['CreatePolicy']],
    ['Username', 'ci-build-42', ['DeleteUser', 'AttachRolePolicy']],
    ['ResourceType', 'AWS::IAM::Role', ['AttachRolePolicy']],
    ['ResourceName', 'mine', ['CreatePolicy']],
    ['ReadOnly', 'true', []],
  ])('finds by %s %s', (key, value, expected) => {
    expect(namesFor(by(key, value))).toEqual(expected);
  });

  test('finds between two times, both included', () => {
    const seconds = START / 1000;
    expect(namesFor({ StartTime: seconds, EndTime: seconds + 1 })).toEqual([
      'AttachRolePolicy',
      'CreatePolicy',
    ]);
  });

  test('goes page by page', () => {
    const first = lookUp({ MaxResults: 2 });
    const second = lookUp({ MaxResults: 2, NextToken: first.NextToken });
    expect([...first.Events, ...second.Events]).toEqual(lookUp().Events);
    expect(second.NextToken).toBeUndefined();
  });

  test.each([
    ['InvalidLookupAttributesException', by('Colour', 'red')],
    ['InvalidTimeRangeException', { StartTime: 2, EndTime: 1 }],
    ['InvalidMaxResultsException', { MaxResults: 51 }],
    ['InvalidNextTokenException', { NextToken: 'made up' }],
    ['InvalidEventCategoryException', { EventCategory: 'data' }],
  ])('answers %s', (code, input) => {
    expect(() => lookUp(input)).toThrow(expect.objectContaining({ code }));
  });

  test('finds nothing that is younger than the delay', () => {
    let at = START;
    const history = historyOf(endpoint.records, () => new Date(at));
    history.delayMs = 60_000;
    expect(answerOf(history).Events).toEqual([]);
    at += 60_000;
    expect(answerOf(history).Events).toHaveLength(endpoint.records.length);
  });

  test('answers twice a second', () => {
    let at = START;
    const history = historyOf(endpoint.records, () => new Date(at));
    const ask = () => answerOf(history).Events.length;
    expect([ask(), ask()]).toEqual([3, 3]);
    expect(ask).toThrow(expect.objectContaining({ code: 'ThrottlingException' }));
    at += 1_000;
    expect(ask()).toBe(3);
  });

  test('answers nothing while it is down', () => {
    const history = historyOf(endpoint.records);
    history.isUp = false;
    expect(() => answerOf(history)).toThrow(expect.objectContaining({ code: 'InternalFailure' }));
  });
});
