import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyDay } from '../../../infra/sandbox/every-day.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-25T06:59:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const HOURS = 3_600_000;

it('runs at its hour of every day, and says when it was due', () => {
  const due: string[] = [];
  const stop = everyDay(7, (time) => due.push(time));
  vi.advanceTimersByTime(2 * 24 * HOURS);
  stop();
  expect(due).toEqual(['2026-11-25T07:00:00.000Z', '2026-11-26T07:00:00.000Z']);
});

it('waits for tomorrow once the hour has struck', () => {
  vi.setSystemTime('2026-11-25T07:00:00Z');
  const run = vi.fn();
  const stop = everyDay(7, run);
  vi.advanceTimersByTime(23 * HOURS);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(HOURS);
  stop();
  expect(run).toHaveBeenCalledExactlyOnceWith('2026-11-26T07:00:00.000Z');
});

it('does not run once it is stopped, also when it has run before', () => {
  const run = vi.fn();
  const stop = everyDay(7, run);
  vi.advanceTimersByTime(HOURS);
  stop();
  vi.advanceTimersByTime(72 * HOURS);
  expect(run).toHaveBeenCalledOnce();
});
