import { passUntil } from '../time/virtual-time.ts';
import { fromOutside } from '../world/calls.ts';
import type { World } from '../world/world.ts';

/** Asks the sandbox to reconcile at once; it also does so by itself. */
export async function reconcile(world: World): Promise<void> {
  const answer = await passUntil(
    fromOutside(() => fetch(`${world.sandbox.page}/api/reconcile`, { method: 'POST', body: '{}' })),
  );
  await passUntil(answer.text());
}
