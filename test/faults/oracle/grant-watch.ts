import type { Containment } from '../plays/containments.ts';
import { virtualNow } from '../time/virtual-time.ts';
import { isRead } from '../world/name-call.ts';
import type { World } from '../world/world.ts';
import type { Violation } from './promises.ts';

/** Follows one grant through every write that the guard makes. */
export interface GrantWatch {
  /** When it was first out of force, in virtual milliseconds. */
  outAt(): number | undefined;
  /** From now on it may be in force. */
  approvalIsGiven(): void;
  violations: Violation[];
}

export function watchGrant(world: World, { inForce }: Containment): GrantWatch {
  const violations: Violation[] = [];
  const before = new Map<string, boolean>();
  let outAt: number | undefined;
  let approved = false;
  world.watchers.push({
    arrived: (call) => {
      if (call.service === 'iam' && !isRead(call)) before.set(call.id, inForce(world.sandbox.iam));
    },
    done: ({ id }) => {
      const was = before.get(id);
      if (was === undefined) return;
      const is = inForce(world.sandbox.iam);
      if (was && !is) outAt ??= virtualNow();
      if (was || !is || approved) return;
      violations.push({ promise: 1, seen: `${id} put the grant in force without an approval` });
    },
  });
  return {
    violations,
    outAt: () => outAt,
    approvalIsGiven: () => {
      approved = true;
    },
  };
}
