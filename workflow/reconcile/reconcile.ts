import { confirmEvents } from './confirm/confirm.ts';
import { reconcileDeadExecutions } from './dead-executions.ts';
import { reconcileFurtherChanges } from './further-changes.ts';
import { type OpenRequestCounts, reconcileOpenRequests } from './open-requests.ts';
import { tellSinceSweep } from './since-sweep.ts';
import { countStrangers } from './strangers.ts';
import type { ReconcileTools } from './tools.ts';

interface Reconciled extends OpenRequestCounts {
  /** How many executions were started for what one event was about beside its first change. */
  further: number;
  /** How many executions were started in place of dead ones. */
  restarted: number;
  /** Of how many events it is known now whether they are genuine. */
  confirmed: number;
}

/**
 * Looks for everything that does not go on by itself, and sets it going again. Safe to repeat, and to run twice at
 * once: every step of it is a conditional write, or an execution of a name that there can be once.
 *
 * @throws what the ledger or Step Functions throw when they cannot be asked at all; what fails for one request alone is
 *   logged, and tried again by the next run
 */
export async function reconcile(tools: ReconcileTools): Promise<Reconciled> {
  const counts = await reconcileOpenRequests(tools);
  const further = await reconcileFurtherChanges(tools);
  await countStrangers(tools);
  await tellSinceSweep(tools);
  const restarted = await reconcileDeadExecutions(tools);
  // Last: it takes its time, at two look-ups a second.
  return { ...counts, further, restarted, confirmed: await confirmEvents(tools) };
}
