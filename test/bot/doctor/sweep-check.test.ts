import { describe, expect, test } from 'vitest';
import { checkSweep } from '../../../bot/doctor/sweep-check.ts';

const NOW = '2026-11-28T12:00:00.000Z';

const check = (state: { completeAt: string; found: number } | undefined) =>
  checkSweep({
    ledger: { readSweepState: async () => state && { firstRunAt: '2026-11-01T00:00:00.000Z', ...state } },
    now: () => new Date(NOW),
  });

describe('the doctor’s look at the sweep', () => {
  test.each([
    [undefined, 'unknown', /never swept/, /not swept/],
    [{ completeAt: '2026-11-28T11:50:00.000Z', found: 0 }, 'ok', /11:50.*0 grants/, /^$/],
    [{ completeAt: '2026-11-28T11:50:00.000Z', found: 2 }, 'wrong', /11:50.*2 grants/, /Events are lost/],
    [{ completeAt: '2026-11-28T11:14:59.000Z', found: 0 }, 'wrong', /11:14/, /not swept/],
  ])('of %o is %s, and says when and how much', async (state, status, found, mend) => {
    const seen = await check(state);
    expect(seen).toMatchObject({ name: 'Sweep', status });
    expect(seen.found).toMatch(found);
    expect(seen.mend ?? '').toMatch(mend);
  });
});
