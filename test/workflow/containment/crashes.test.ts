import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../workflow/events/started-again.ts';
import { Guard } from '../../support/guard.ts';
import type { FakeIam, Fault } from '../../support/iam-in-memory.ts';
import { ARN, BAD, HOLDER, WAYS_IN, type WayIn, WORSE } from '../../support/ways-in.ts';

/** A world before the change, and how the change is made in it. */
interface World {
  name: string;
  way: WayIn;
  prepare(iam: FakeIam): void;
}

/** A policy whose five versions are all restricted: quarantine has to archive one before it can put its own. */
const crowded: World[] = WAYS_IN.filter(({ eventName }) => eventName === 'SetDefaultPolicyVersion').map(
  (way) => ({
    name: `${way.eventName} on a policy with five restricted versions`,
    way,
    prepare: (iam) => {
      iam.createPolicy(ARN, WORSE);
      iam.createVersion(ARN, BAD, false);
      for (let count = 3; count <= 5; count++) iam.createVersion(ARN, WORSE, false);
    },
  }),
);

const WORLDS: World[] = [
  ...WAYS_IN.map((way) => ({ name: way.eventName, way, prepare: way.prepare })),
  ...crowded,
];

type Decision = 'approved' | 'denied' | 'expired';

function changed({ way, prepare }: World): Guard {
  const guard = new Guard();
  prepare(guard.iam);
  way.make(guard.iam);
  return guard;
}

async function quarantined(world: World, fault?: Fault) {
  const guard = changed(world);
  const judgement = await guard.inspect(world.way.event());
  guard.iam.failAt(fault);
  const result = await guard.quarantine(judgement);
  return { guard, result, calls: guard.iam.calls.length };
}

async function decided(world: World, decision: Decision, fault?: Fault) {
  const { guard, result } = await quarantined(world);
  await guard.record(result);
  guard.iam.failAt(fault);
  const ending = await guard.decide(result.change.requestId, decision);
  return { guard, result: ending, calls: guard.iam.calls.length };
}

/** Everything that IAM holds. */
function snapshot({ iam }: Guard) {
  const policies = [...iam.policies].map(([arn, policy]) => ({
    arn,
    inForce: policy.defaultVersionId,
    versions: [...policy.versions],
  }));
  const holders = Object.entries(HOLDER).map(([entity, name]) => {
    const holder = iam.holders.get(`${entity}/${name}`);
    return { entity, inline: [...(holder?.inline ?? [])], attached: [...(holder?.attached ?? [])] };
  });
  return { policies, holders };
}

function faults(calls: number): Fault[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);
}

const AT = '2026-03-01T12:00:00.000Z';
const DEAD = {
  ...{ root: '0'.repeat(32), executionArn: 'dead', attempts: 0, secret: 'known to the ledger alone' },
  ...{ dueAt: AT, since: AT },
};

describe.each(WORLDS)('$name: taken out while the ledger was away, and its execution died', (world) => {
  it('is known to be the guard’s doing by the execution that is started in its place', async () => {
    const guard = changed(world);
    guard.ledger.down = true;
    await guard.quarantine(await guard.inspect(world.way.event()));
    const before = snapshot(guard);
    guard.ledger.down = false;
    guard.executionName = nameOf({ attempts: 1, isTold: false }, DEAD);
    guard.ledger.restarts.set(DEAD.root, DEAD);
    const result = await guard.quarantine(await guard.inspect(world.way.event()));
    expect(result.status).toBe('quarantined');
    expect(snapshot(guard)).toEqual(before);
    await guard.record(result);
    expect(await guard.decide(result.change.requestId, 'approved')).toMatchObject({ outcome: 'approved' });
  });
});

describe.each(WORLDS)('$name: cut short at any single call to IAM, and tried again', (world) => {
  it('is quarantined as if nothing had happened, and knows how', async () => {
    const whole = await quarantined(world);
    expect(whole.result.status).toBe('quarantined');
    for (const fault of faults(whole.calls)) {
      const { guard, result } = await quarantined(world, fault);
      expect(result.status, JSON.stringify(fault)).toBe('quarantined');
      expect(snapshot(guard), JSON.stringify(fault)).toEqual(snapshot(whole.guard));
      expect(result.document, JSON.stringify(fault)).toEqual(whole.result.document);
      expect(known(result.containment), JSON.stringify(fault)).toEqual(known(whole.result.containment));
    }
  });

  it.each(['approved', 'denied', 'expired'] as const)(
    'ends %s as if nothing had happened',
    async (decision) => {
      const whole = await decided(world, decision);
      expect(whole.result.outcome).toBe(decision);
      for (const fault of faults(whole.calls)) {
        const { guard, result } = await decided(world, decision, fault);
        expect(result, JSON.stringify(fault)).toEqual(whole.result);
        expect(snapshot(guard), JSON.stringify(fault)).toEqual(snapshot(whole.guard));
      }
    },
  );
});

/**
 * Which version made room is told, not needed: the archive itself is in the ledger. Whether a policy was attached only
 * the call tells that detaches it, and its answer may be lost.
 */
function known(containment: { type?: string } | undefined) {
  const lost = containment?.type === 'attachment' ? { tookOut: undefined } : {};
  return { ...containment, archivedVersionId: undefined, ...lost };
}
