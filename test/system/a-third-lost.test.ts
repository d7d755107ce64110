import { expect, test } from 'vitest';
import { granting, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { loseAThird } from '../support/lost-events.ts';
import { restrictedInForce } from '../support/restricted-in-force.ts';

/** `LOST_CHANGES=120 LOST_SEED=7 npx vitest run test/system/a-third-lost.test.ts` plays more, and others. */
const CHANGES = Number(process.env.LOST_CHANGES ?? 12);
const SEED = Number(process.env.LOST_SEED ?? 5);

test(`an hour of ${CHANGES} changes with a third of all events lost (seed ${SEED}) ends with nothing restricted in force that nobody approved, and nothing approved out of force`, async () => {
  const guard = await startGuardedSandbox({ SWEEP_SETTLE_SECONDS: '1' }, undefined, { postingIntervalMs: 0 });
  try {
    const { lost, before, approved, denied } = await loseAThird(guard, {
      ...{ changes: CHANGES, seed: SEED, settleMs: 1_100 },
    });
    expect(lost).toBeGreaterThan(CHANGES / 3);
    for (const some of [approved, denied]) expect(some.length).toBeGreaterThan(CHANGES / 6);
    expect(approved.length + denied.length).toBe(CHANGES);
    const inForce = await restrictedInForce(guard.iam);
    expect([...inForce.keys()].toSorted()).toEqual([...before, ...approved].toSorted());
    for (const place of approved.filter((each) => !each.includes(' attached ')))
      expect(inForce.get(place)).toBe(granting('s3:DeleteBucket'));
    expect(guard.failures).toEqual([]);
  } finally {
    await guard.stop();
  }
}, 900_000);
