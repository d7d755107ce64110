import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { pass, passUntil } from '../time/virtual-time.ts';
import { untilMended } from '../world/world.ts';
import { buttonOf, decide, type Verdict } from './people.ts';
import type { Stage } from './play.ts';
import { reconcile } from './reconcile.ts';
import { setSandboxFaults } from './sandbox-faults.ts';

/** Two readings of the sweep, a quarter of an hour apart, and as long again for what went wrong with one. */
const FOUND_WITHIN_MS = 3 * 3_600_000;

/** Two runs of reconcile. */
const NAMED_WITHIN_MS = 11 * 60_000;

export const ENDINGS = ['approve', 'deny', 'expire', 'resume', 'found'] as const;
export type Ending = (typeof ENDINGS)[number];

/** The change is made, people are asked, and it comes to this end. @param thinkMs how long people think it over */
export const STORIES: Readonly<Record<Ending, (stage: Stage, thinkMs?: number) => Promise<void>>> = {
  approve: (stage, thinkMs) => decided(stage, 'approve', thinkMs),
  deny: (stage, thinkMs) => decided(stage, 'deny', thinkMs),
  expire: async (stage) => {
    stage.expect('expired');
    await stage.makeChange();
    await stage.asked();
  },
  resume: async (stage) => {
    stage.expect('approved');
    await stage.makeChange();
    await stage.asked();
    await stopAll(stage);
    await reconcile(stage.world);
    await decideNow(stage, 'approve');
  },
  found,
};

/** No event tells of the change: the sweep, which knows what was there before, finds it. */
async function found(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.expect('approved');
  // One that fails is left to the next, a quarter of an hour later.
  await passUntil(world.sandbox.sweep().catch(() => undefined));
  await setSandboxFaults(world, { events: 'down' });
  await stage.makeChange();
  await setSandboxFaults(world, { events: 'up' });
  await pass(
    () => world.sandbox.executions().some(({ input }) => input.includes('foundBySweepAt')),
    FOUND_WITHIN_MS,
  );
  stage.isNoticed();
  await stage.asked();
  await decideNow(stage, 'approve');
  if (world.faults.struck().length === 0) return;
  // Where nobody knew who had made it, it is asked about anew once CloudTrail shows them.
  await untilMended(world);
  if (await pass(() => buttonOf(world) !== undefined, NAMED_WITHIN_MS)) await decide(world, 'approve');
}

async function decided(stage: Stage, verdict: Verdict, thinkMs = 0): Promise<void> {
  stage.expect(OUTCOMES[verdict]);
  await stage.makeChange();
  await stage.asked();
  await pass(() => false, thinkMs);
  await decideNow(stage, verdict);
}

/** Who cannot get a decision in has not decided. */
async function decideNow(stage: Stage, verdict: Verdict): Promise<void> {
  if (verdict === 'approve') stage.watch.approvalIsGiven();
  if (!(await decide(stage.world, verdict))) stage.expect(OUTCOMES[verdict], 'expired');
}

const OUTCOMES = { approve: 'approved', deny: 'denied' } as const;

/** Somebody stops what waits, as the console lets them. */
async function stopAll({ world }: Stage): Promise<void> {
  for (const { arn, status } of world.sandbox.executions()) {
    if (status === 'RUNNING') {
      await passUntil(world.stepFunctions.send(new StopExecutionCommand({ executionArn: arn })));
    }
  }
}
