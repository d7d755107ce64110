import { describe, expect, it } from 'vitest';
import type { StepState, TryState } from '../../../../../infra/sandbox/api/contract.ts';
import { axisOf, spansOf, took } from '../../../../../infra/sandbox/page/course/spans.ts';

const at = (ms: number) => new Date(ms).toISOString();

function step(overrides: Partial<StepState>): StepState {
  return {
    name: 'Work',
    type: 'Task',
    enteredAt: at(0),
    leftAt: null,
    input: '{}',
    output: null,
    tries: [],
    ...overrides,
  };
}

function tried(from: number, to: number | null, overrides: Partial<TryState> = {}): TryState {
  const endedAt = to === null ? null : at(to);
  return {
    startedAt: at(from),
    endedAt,
    given: '{}',
    submitted: null,
    answer: null,
    error: null,
    ...overrides,
  };
}

const BUSY = { error: { name: 'Busy', cause: '' } };
const words = (of: StepState, end = 100) =>
  spansOf(of, end).map(({ kind, means, from, to }) => `${from}–${to} ${kind}: ${means}`);

describe('what a step did with its time', () => {
  it.each<[string, StepState, string[]]>([
    ['a choice', step({ type: 'Choice', leftAt: at(5) }), ['0–5 work: goes on']],
    ['a wait that has not ended', step({ type: 'Wait' }), ['0–100 wait: waits']],
    ['one try', step({ leftAt: at(9), tries: [tried(1, 8)] }), ['1–8 work: try 1']],
    ['a try that runs', step({ tries: [tried(1, null)] }), ['1–100 work: try 1']],
    [
      'a try that failed, and the next',
      step({ leftAt: at(50), tries: [tried(1, 8, BUSY), tried(30, 50)] }),
      ['1–8 failed: try 1, failed', '8–30 wait: waits to try again', '30–50 work: try 2'],
    ],
    [
      'a try that failed, with the next to come',
      step({ tries: [tried(1, 8, BUSY)] }),
      ['1–8 failed: try 1, failed', '8–100 wait: waits to try again'],
    ],
    [
      'a last try that failed',
      step({ leftAt: at(9), tries: [tried(1, 8, BUSY)] }),
      ['1–8 failed: try 1, failed'],
    ],
    [
      'a question, and the wait for its answer',
      step({ tries: [tried(1, null, { submitted: { at: at(20), answer: 'null' } })] }),
      ['1–20 work: try 1', '20–100 wait: waits for a decision'],
    ],
  ])('%s', (_, of, expected) => {
    expect(words(of)).toEqual(expected);
  });
});

describe('the axis', () => {
  it('keeps the order, begins at 0, ends at 100, and gives short stretches room beside a long one', () => {
    const day = 86_400_000;
    const place = axisOf([day, 0, 100, 10_000]);
    expect([place(0), place(day)]).toEqual([0, 100]);
    expect(place(100)).toBeGreaterThan(0.05);
    expect(place(10_000) - place(100)).toBeGreaterThan(1);
  });

  it('has one place for one moment', () => {
    expect(axisOf([5, 5])(5)).toBe(0);
  });
});

it.each([
  [-3, '0 ms'],
  [0, '0 ms'],
  [999, '999 ms'],
  [1234, '1.2 s'],
  [65_000, 'in words'],
])('%d milliseconds took %s', (milliseconds, expected) => {
  expect(took(milliseconds, () => 'in words')).toBe(expected);
});
