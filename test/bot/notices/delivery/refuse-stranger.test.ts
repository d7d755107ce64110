import { expect, it, vi } from 'vitest';
import { strangersTo } from '../../../../bot/notices/delivery/refuse-stranger.ts';

it('a stranger who is refused costs a line in the log, where the audit trail is searched, and a number', () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const strangerRefused = vi.fn();
  const entry = { at: '2026-03-01T12:00:00.000Z', event: 'link.refused', detail: 'GET with a forged link' };
  strangersTo(log, { strangerRefused })(entry);
  expect(log.warn.mock.calls).toEqual([['Refused: GET with a forged link', { audit: entry }]]);
  expect(strangerRefused).toHaveBeenCalledOnce();
});
