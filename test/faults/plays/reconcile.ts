import { passUntil } from '../time/virtual-time.ts';
import type { World } from '../world/world.ts';

/** Reconciles at once, which it also does by itself; a run that fails is left to the next one. */
export async function reconcile({ sandbox }: World): Promise<void> {
  await passUntil(sandbox.reconcile().catch(() => undefined));
}
