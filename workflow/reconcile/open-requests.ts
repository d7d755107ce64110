import { deliveryEntry } from '../decisions/decision-entry.ts';
import { deliver } from '../decisions/deliver.ts';
import type { OpenRequest } from '../ledger/open-requests.ts';
import { takeUpWhenDue } from './take-up.ts';
import type { ReconcileTools } from './tools.ts';
import { workThrough } from './work-through.ts';

export interface OpenRequestCounts {
  takenUp: number;
  delivered: number;
}

/**
 * Takes up every request whose execution does not run any more, and hands on every decision that its execution does
 * not know of. The work grows with the number of open requests.
 */
export async function reconcileOpenRequests(tools: ReconcileTools): Promise<OpenRequestCounts> {
  // In this order: an execution that starts in between is in neither, and `isRunning` asks about it by itself.
  const running = await tools.executions.running();
  const open = await tools.ledger.listOpen();
  const done = await workThrough(open, tools.log, (one) => reconcileOne(tools, one, running));
  return {
    takenUp: done.filter((what) => what === 'taken-up').length,
    delivered: done.filter((what) => what === 'delivered').length,
  };
}

async function reconcileOne(
  tools: ReconcileTools,
  listed: OpenRequest,
  running: ReadonlySet<string>,
): Promise<'taken-up' | 'delivered' | 'nothing'> {
  if (await isRunning(tools, listed, running)) return handOn(tools, listed);
  // The list is eventually consistent: what counts is the request as it is now.
  const open = await tools.ledger.readOpen(listed.request.id);
  const same = open !== undefined && open.request.executionArn === listed.request.executionArn;
  if (!same || open.request.status === 'closed') return 'nothing';
  return (await takeUpWhenDue(tools, open)).status === 'taken-up' ? 'taken-up' : 'nothing';
}

async function isRunning(
  { executions, waits, now }: ReconcileTools,
  { request, handedOverAt }: OpenRequest,
  running: ReadonlySet<string>,
): Promise<boolean> {
  if (running.has(request.executionArn)) return true;
  const execution = await executions.describe(request.executionArn);
  if (execution !== undefined) return execution.status === 'RUNNING';
  return now().getTime() - Date.parse(handedOverAt ?? request.createdAt) < waits.unseen;
}

/** A token that is closed needs nothing: before the state machine waits again it reads the decision in the ledger. */
async function handOn(
  { ledger, callbacks, now }: ReconcileTools,
  { request, taskToken }: OpenRequest,
): Promise<'delivered' | 'nothing'> {
  if (request.decision === undefined) return 'nothing';
  const delivery = await deliver(callbacks, request.decision, taskToken);
  if (delivery.status === 'failed') throw delivery.cause;
  if (delivery.status === 'closed') return 'nothing';
  await ledger.auditDelivery(deliveryEntry(request, request.decision, now().toISOString()));
  return 'delivered';
}
