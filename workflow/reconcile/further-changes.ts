import type { FurtherChange } from '../ledger/further-changes.ts';
import * as z from '../runtime/zod.ts';
import type { ReconcileTools } from './tools.ts';
import { workThrough } from './work-through.ts';

const inputSchema = z.looseObject({});

/**
 * Starts an execution for everything that an event was about beside its first change: with the same event, and the
 * name of that one. Safe to repeat: an execution of a name is started once.
 *
 * @returns how many were started
 */
export async function reconcileFurtherChanges(tools: ReconcileTools): Promise<number> {
  const kept = await tools.ledger.listFurther();
  return (await workThrough(kept, tools.log, (one) => startFor(tools, one))).length;
}

/** @throws Error when the event is lost with its execution, which is logged by each run */
async function startFor({ ledger, executions }: ReconcileTools, further: FurtherChange): Promise<string> {
  const { requestId, executionArn, padded } = further;
  const first = await executions.describe(executionArn);
  if (first === undefined)
    throw new Error(`There is no execution ${executionArn}; ask about ${requestId} by hand.`);
  const input = { ...inputSchema.parse(JSON.parse(first.input)), padded };
  const started = await executions.start(`padded-${requestId}`, JSON.stringify(input));
  await ledger.removeFurther(requestId);
  return started;
}
