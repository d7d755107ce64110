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
