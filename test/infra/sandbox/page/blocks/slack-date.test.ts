import { expect, test } from 'vitest';
import { formatSlackDate } from '../../../../../infra/sandbox/page/blocks/slack-date.ts';

const NOON = new Date(2026, 2, 1, 12);
const unixSeconds = NOON.getTime() / 1000;
const DAY = 86_400;

test('names the days around today', () => {
  const format = '{date_short_pretty}';
  const day = (offset: number) =>
    formatSlackDate({ unixSeconds: unixSeconds + offset * DAY, format, fallback: '' }, NOON);
  expect([day(-1), day(0), day(1)]).toEqual(['yesterday', 'today', 'tomorrow']);
  expect(day(2)).toContain('2026');
});

test('keeps the words around a date, and a token that Slack does not know', () => {
  const shown = formatSlackDate({ unixSeconds, format: 'on {date_num}, {era}', fallback: '' }, NOON);
  expect(shown).toMatch(/^on .*2026.*, \{era\}$/);
});

test('falls back when the date cannot be read', () => {
  expect(formatSlackDate({ unixSeconds: Number.NaN, format: '{date}', fallback: 'then' }, NOON)).toBe('then');
});

test.each([
  [-30, '30 seconds ago'],
  [-60, '1 minute ago'],
  [-3 * 3600 - 1200, '3 hours ago'],
  [-3590, '1 hour ago'],
  [3 * 3600 - 5, 'in 3 hours'],
  [-2 * DAY, '2 days ago'],
  [40 * DAY, 'in 1 month'],
  [0, '0 seconds ago'],
])('says how far %d seconds are away', (offset, shown) => {
  expect(formatSlackDate({ unixSeconds: unixSeconds + offset, format: '{ago}', fallback: '' }, NOON)).toBe(
    shown,
  );
});
