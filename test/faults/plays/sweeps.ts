import { pass, passUntil } from '../time/virtual-time.ts';
import { rest } from '../world/world.ts';
import { ADA, buttonOf, click, decide } from './people.ts';
import type { Stage } from './play.ts';

const HOUR_MS = 3_600_000;

/** What is seen twice so far apart, and a quarter of an hour until the sweep looks again. */
const SETTLED_MS = 26 * 60_000;

/** What the sweep must not take for lost, while it runs beside everything else. */
export const SWEEPS = [
  { name: 'the sweep runs while the change is on its way and while it waits', story: whileItWaits },
  { name: 'the sweep and a click come at one instant', story: besideAClick },
  { name: 'the sweep looks twice after the approval', story: afterApproval },
];

const sweep = ({ world }: Stage) => world.sandbox.sweep().catch(() => undefined);

async function whileItWaits(stage: Stage): Promise<void> {
  stage.expect('denied');
  await passUntil(sweep(stage));
  await Promise.all([stage.makeChange(), passUntil(sweep(stage))]);
  await stage.asked();
  await passUntil(sweep(stage));
  await pass(() => false, SETTLED_MS);
  await decide(stage.world, 'deny');
}

async function besideAClick(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect('approved');
  await passUntil(sweep(stage));
  await stage.makeChange();
  await stage.asked();
  const button = buttonOf(world);
  if (button === undefined) return;
  watch.approvalIsGiven();
  await passUntil(Promise.all([sweep(stage), click(world, button, 'approve', ADA), sweep(stage)]));
  await rest(world, HOUR_MS);
}

async function afterApproval(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect('approved');
  await passUntil(sweep(stage));
  await stage.makeChange();
  await stage.asked();
  watch.approvalIsGiven();
  await decide(world, 'approve');
  await passUntil(sweep(stage));
  await pass(() => false, 2 * SETTLED_MS);
}
