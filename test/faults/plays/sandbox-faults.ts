import { passUntil } from '../time/virtual-time.ts';
import type { World } from '../world/world.ts';

/** Breaks or mends a part of the sandbox, as its page does. @param faults the body of `POST /api/faults` */
export async function setSandboxFaults({ sandbox }: World, faults: object): Promise<void> {
  const answer = await passUntil(
    fetch(`${sandbox.page}/api/faults`, { method: 'POST', body: JSON.stringify(faults) }),
  );
  if (!answer.ok) throw new Error(`The sandbox refused ${JSON.stringify(faults)}.`);
}
