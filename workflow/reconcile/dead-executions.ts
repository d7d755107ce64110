import { createHash, randomUUID } from 'node:crypto';
import { claimOf, startedAgain } from '../events/started-again.ts';
import type { Restart } from '../ledger/restarts.ts';
import { OVERLAP, restart } from './restart.ts';
import type { ReconcileTools } from './tools.ts';
import { workThrough } from './work-through.ts';

/** At the very first look. Milliseconds. */
const LOOK_BACK = 24 * 60 * 60_000;

/**
 * Finds the executions that died since the last look, and starts those again whose change has not come to an end.
 *
 * @returns how many were started
 */
export async function reconcileDeadExecutions(tools: ReconcileTools): Promise<number> {
  const { ledger, executions, now, log } = tools;
  const at = now();
  const last = await ledger.readSweep();
  const since = last === undefined ? at.getTime() - LOOK_BACK : Date.parse(last) - OVERLAP;
  const dead = await executions.endedBadly(new Date(since));
  const kept = await workThrough(dead, log, async (arn) => {
    if (await isKept(ledger, arn)) return [];
    const found = toRestart(arn, at);
    return (await ledger.addRestart(found)) ? [found] : [];
  });
  // What could not be kept is looked for once more.
  if (kept.length === dead.length) await ledger.storeSweep(at.toISOString());
  const due = await ledger.listRestarts(at.toISOString());
  // What was kept just now may not be in the index yet.
  const roots = new Map([...kept.flat(), ...due].map((one) => [one.root, one]));
  const done = await workThrough([...roots.values()], log, (one) => restart(tools, one));
  return done.filter((started) => started).length;
}

/** It was started in place of one that is kept. */
async function isKept({ readRestart }: ReconcileTools['ledger'], executionArn: string): Promise<boolean> {
  const claim = claimOf(executionArn);
  return claim !== undefined && startedAgain(executionArn, await readRestart(claim.root)) !== undefined;
}

function toRestart(executionArn: string, now: Date): Restart {
  const at = now.toISOString();
  const root = rootOf(executionArn);
  return { root, executionArn, attempts: 0, dueAt: at, since: at, secret: randomUUID() };
}

function rootOf(executionArn: string): string {
  return createHash('sha256').update(executionArn).digest('hex').slice(0, 32);
}
