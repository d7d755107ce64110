import { describe, expect, test } from 'vitest';
import { EventPatternError, matchesPattern } from '../../../../../infra/sandbox/aws/events/event-pattern.ts';

const event = {
  source: 'aws.iam',
  detail: {
    eventName: 'CreatePolicy',
    count: 3,
    nothing: null,
    readOnly: false,
    names: ['a', 'b'],
    resources: [{ type: 'user' }, { type: 'role' }],
    userIdentity: { arn: 'arn:aws:iam::1:user/x' },
  },
};

/** What AWS documents of each operator. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const cases: [string, object, boolean][] = [
  ['an exact value', { source: ['aws.iam'] }, true],
  ['one of several values', { source: ['aws.s3', 'aws.iam'] }, true],
  ['another value', { source: ['aws.s3'] }, false],
  ['a value in another case', { source: ['AWS.IAM'] }, false],
  ['a number', { detail: { count: [3] } }, true],
  ['a number written as text', { detail: { count: ['3'] } }, false],
  ['null', { detail: { nothing: [null] } }, true],
  ['false', { detail: { readOnly: [false] } }, true],
  ['all fields', { source: ['aws.iam'], detail: { eventName: ['CreatePolicy'] } }, true],
  ['all fields but one', { source: ['aws.iam'], detail: { eventName: ['DeletePolicy'] } }, false],
  ['one value of a list', { detail: { names: ['b'] } }, true],
  ['no value of a list', { detail: { names: ['c'] } }, false],
  ['a field in a list of objects', { detail: { resources: { type: ['role'] } } }, true],
  ['a field in no object of a list', { detail: { resources: { type: ['group'] } } }, false],
  ['a field that is missing', { detail: { errorCode: ['x'] } }, false],
  ['a field below a missing one', { detail: { a: { b: ['x'] } } }, false],
  ['a prefix', { detail: { eventName: [{ prefix: 'Create' }] } }, true],
  ['another prefix', { detail: { eventName: [{ prefix: 'Delete' }] } }, false],
  ['a prefix of what is no text', { detail: { count: [{ prefix: '3' }] } }, false],
  ['that a field exists', { detail: { eventName: [{ exists: true }] } }, true],
  ['that a null exists', { detail: { nothing: [{ exists: true }] } }, true],
  ['that a missing field exists', { detail: { errorCode: [{ exists: true }] } }, false],
  ['that a missing field does not exist', { detail: { errorCode: [{ exists: false }] } }, true],
  ['that a field does not exist which does', { detail: { eventName: [{ exists: false }] } }, false],
  ['that a field below a missing one does not exist', { detail: { a: { b: [{ exists: false }] } } }, true],
  ['that an object exists, which only leaves do', { detail: { userIdentity: [{ exists: true }] } }, false],
  ['anything but another value', { source: [{ 'anything-but': 'aws.s3' }] }, true],
  ['anything but this value', { source: [{ 'anything-but': 'aws.iam' }] }, false],
  ['anything but a list with this value', { source: [{ 'anything-but': ['x', 'aws.iam'] }] }, false],
  ['anything but this prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  ['anything but another prefix', { source: [{ 'anything-but': { prefix: 'x' } }] }, true],
  ['anything but a value, of a missing field', { detail: { errorCode: [{ 'anything-but': 'x' }] } }, false],
  [
    'anything but a value, or a missing field',
    { detail: { errorCode: [{ 'anything-but': 'x' }, { exists: false }] } },
    true,
  ],
  ['one of two alternatives', { $or: [{ source: ['x'] }, { detail: { count: [3] } }] }, true],
  ['neither alternative', { $or: [{ source: ['x'] }, { detail: { count: [4] } }] }, false],
  ['an alternative, but not the rest', { source: ['x'], $or: [{ detail: { count: [3] } }] }, false],
  ['an alternative inside of detail', { detail: { $or: [{ count: [3] }, { eventName: ['x'] }] } }, true],
];

test.each(cases)('a pattern that asks for %s', (_, pattern, matches) => {
  expect(matchesPattern(pattern as never, event)).toBe(matches);
});

describe('what it does not know is an error', () => {
  test.each([
    ['a value outside of an array', { source: 'aws.iam' }],
    ['an operator of another matcher', { source: [{ regex: '.*' }] }],
    ['two operators in one', { source: [{ prefix: 'a', exists: true }] }],
    ['a prefix that is no text', { source: [{ prefix: 1 }] }],
    ['alternatives outside of an array', { $or: { source: ['aws.iam'] } }],
  ])('%s', (_, pattern) => {
    expect(() => matchesPattern(pattern as never, event)).toThrow(EventPatternError);
  });
});
