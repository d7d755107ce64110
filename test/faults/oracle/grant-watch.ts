import type { Containment } from '../plays/containments.ts';
import { virtualNow } from '../time/virtual-time.ts';
import type { World } from '../world/world.ts';
import type { Violation } from './promises.ts';

/** Follows one grant through every write that the guard makes. */
export interface GrantWatch {
  /** When it was first out of force, in virtual milliseconds. */
  outAt(): number | undefined;
  /** From now on it may be in force. */
  approvalIsGiven(): void;
  /** Somebody else has just put it in force: the guard is to see it, not blamed for it. */
  somebodyElseWrote(): void;
  violations: Violation[];
}

export function watchGrant(world: World, { inForce }: Containment): GrantWatch {
  const violations: Violation[] = [];
  let was = inForce(world.sandbox.iam);
  let outAt: number | undefined;
  let approved = false;
  world.watchers.push((call) => {
    if (call.service !== 'iam') return;
    const is = inForce(world.sandbox.iam);
    if (was && !is) outAt ??= virtualNow();
    if (!was && is && !approved) {
      violations.push({ promise: 1, seen: `${call.id} put the grant in force without an approval` });
    }
    was = is;
  });
  return {
    violations,
    outAt: () => outAt,
    approvalIsGiven: () => {
      approved = true;
    },
    somebodyElseWrote: () => {
      was = inForce(world.sandbox.iam);
    },
  };
}
