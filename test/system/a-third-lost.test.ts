import { expect, test } from 'vitest';
import { startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { loseAThird } from '../support/lost-events.ts';

/** `LOST_CHANGES=120 LOST_SEED=7 npx vitest run test/system/a-third-lost.test.ts` plays more, and others. */
const CHANGES = Number(process.env.LOST_CHANGES ?? 12);
const SEED = Number(process.env.LOST_SEED ?? 5);

test(`an hour of ${CHANGES} changes with a third of all events lost (seed ${SEED}) ends with nothing restricted in force that nobody approved, and nothing approved out of force`, async () => {
  const guard = await startGuardedSandbox({ SWEEP_SETTLE_SECONDS: '1' });
  try {
    const ended = await loseAThird(guard, { changes: CHANGES, seed: SEED, settleMs: 1_100 });
    expect(ended.filter(({ lost }) => lost).length).toBeGreaterThan(1);
    expect(new Set(ended.map(({ decision }) => decision))).toEqual(new Set(['approved', 'denied']));
    expect(ended.filter(({ decision, inForce }) => inForce !== (decision === 'approved'))).toEqual([]);
    expect(guard.failures).toEqual([]);
  } finally {
    await guard.stop();
  }
}, 900_000);
