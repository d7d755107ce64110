import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import recorded from '../../../../../fixtures/events/create-policy.json' with { type: 'json' };
import type { CloudTrailRecord } from '../../../../../infra/sandbox/aws/cloudtrail/record.ts';
import type { CloudTrailEvent } from '../../../../../infra/sandbox/aws/events/event.ts';
import { createEventBus, type EventBus } from '../../../../../infra/sandbox/aws/events/event-bus.ts';

const record = recorded.detail as unknown as CloudTrailRecord;
const delivered: CloudTrailEvent[] = [];
const failures: unknown[] = [];
let bus: EventBus;

beforeEach(() => {
  vi.useFakeTimers();
  delivered.length = 0;
  failures.length = 0;
  bus = createEventBus({
    delayMs: 1000,
    pattern: { source: ['aws.iam'], detail: { eventName: ['CreatePolicy'] } },
    target: (event) => void delivered.push(event),
    onError: (error) => failures.push(error),
  });
});
afterEach(() => vi.useRealTimers());

test('a record reaches the target after the delay, in the envelope of EventBridge', () => {
  bus.deliver(record);
  vi.advanceTimersByTime(999);
  expect([delivered, bus.onTheirWay]).toEqual([[], 1]);
  vi.advanceTimersByTime(1);
  expect(bus.onTheirWay).toBe(0);
  expect(delivered).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.iam',
      account: record.recipientAccountId,
      time: record.eventTime,
      region: 'us-east-1',
      resources: [],
      detail: record,
    },
  ]);
});

test('with a spread each takes its own time within it, so that they come out of order', () => {
  bus.spreadMs = 60_000;
  const names = Array.from({ length: 12 }, (_, index) => `event-${index}`);
  for (const eventID of names) bus.deliver({ ...record, eventID });
  vi.advanceTimersByTime(1_000);
  expect(delivered.length).toBeLessThan(names.length);
  vi.advanceTimersByTime(60_000);
  const came = delivered.map(({ detail }) => detail.eventID);
  expect(came.toSorted()).toEqual(names.toSorted());
  expect(came).not.toEqual(names);
});

test('the delay can be changed for what comes from now on', () => {
  bus.delayMs = 10;
  bus.deliver(record);
  vi.advanceTimersByTime(10);
  expect(delivered).toHaveLength(1);
});

test('what the pattern does not match goes nowhere', () => {
  bus.deliver({ ...record, eventName: 'DeletePolicy' });
  bus.deliver({ ...record, eventSource: 's3.amazonaws.com' });
  vi.runAllTimers();
  expect(delivered).toEqual([]);
});

test('an event of more than 256 KB goes nowhere', () => {
  bus.deliver({ ...record, userAgent: 'x'.repeat(256 * 1024) });
  vi.runAllTimers();
  expect(delivered).toEqual([]);
});

test('a target that fails is told, and does not stop the next', async () => {
  const failing = createEventBus({
    delayMs: 0,
    pattern: { source: ['aws.iam'] },
    target: async () => {
      throw new Error('not now');
    },
    onError: (error, event) => failures.push([(error as Error).message, event.detail.eventName]),
  });
  failing.deliver(record);
  failing.deliver(record);
  await vi.runAllTimersAsync();
  expect(failures).toEqual([
    ['not now', 'CreatePolicy'],
    ['not now', 'CreatePolicy'],
  ]);
});

test('a closed bus drops what is on its way', () => {
  bus.deliver(record);
  bus.close();
  vi.runAllTimers();
  expect(delivered).toEqual([]);
});
