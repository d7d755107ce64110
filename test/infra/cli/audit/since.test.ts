import { expect, it } from 'vitest';
import { readSince } from '../../../../infra/cli/audit/since.ts';
import { UsageError } from '../../../../infra/command/run-command.ts';

const NOW = new Date('2026-03-10T12:00:00.000Z');

it.each([
  ['90m', '2026-03-10T10:30:00.000Z'],
  ['24h', '2026-03-09T12:00:00.000Z'],
  ['7d', '2026-03-03T12:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T09:00', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z'],
  ['2026-03-01T09:00:00+02:00', '2026-03-01T07:00:00.000Z'],
])('%s is %s', (written, expected) => {
  expect(readSince(written, NOW)).toBe(expected);
});

it.each(['', 'yesterday', '7w', '-1d', '2026-13-01', '2026-03-01T25:00', '999999d'])(
  '%j is refused, with what to write instead',
  (written) => {
    expect(() => readSince(written, NOW)).toThrow(UsageError);
    expect(() => readSince(written, NOW)).toThrow('Write 24h, 7d');
  },
);
