import { decisionEntry, deliveryEntry } from '../../decisions/decision-entry.ts';
import { deliver } from '../../decisions/deliver.ts';
import { identityOf } from '../../events/identity.ts';
import { describeRequester } from '../../events/requester.ts';
import type { ApprovalRequest, Decision } from '../../ledger/request.ts';
import { requestersOf } from '../../ledger/requesters.ts';
import type { ReconcileTools } from '../tools.ts';
import type { Around, Maker } from './look-around.ts';

/**
 * Names those who have really made a change, and hands their events to the state machine, as if EventBridge had
 * delivered them just now: a request that waits tells it and excludes them, what was approved without knowing of them
 * is taken out of force again and asked about anew. A request that was denied stays so. Safe to repeat.
 */
export async function nameMakers(
  { ledger, executions, approvalsRequired, now }: ReconcileTools,
  request: ApprovalRequest,
  makers: readonly Maker[],
): Promise<void> {
  const decided = request.decision?.decision;
  if (decided !== undefined && decided !== 'approved') return;
  const known = requestersOf(request).map(({ requester }) => identityOf(requester));
  for (const { identity, record } of makers) {
    if (known.includes(identity)) continue;
    const name = `genuine-${request.id}-${record.eventID}`.slice(0, LONGEST_NAME);
    const requester = describeRequester(record);
    const match = { status: 'unknown', why: 'Slack was not asked yet' } as const;
    const named = { requester, match, eventId: record.eventID, executionArn: executions.arnOf(name) };
    await ledger.nameRequester(request.id, { ...named, at: now().toISOString() }, approvalsRequired);
    await executions.start(name, JSON.stringify({ account: request.change.accountId, detail: record }));
  }
}

/** Of an execution. */
const LONGEST_NAME = 80;

/**
 * Puts back what was taken out of force though nobody had changed it: no name is left, and CloudTrail, which shows the
 * guard's own doing already, shows nobody who did, and it stood there before. What people have decided stands: what was
 * out of force already, was not approved when it was asked about last, or was not known to have stood there, waits for
 * them. Safe to repeat.
 *
 * @returns whether nothing is left to be done
 */
export async function undo(
  { ledger, callbacks, now }: ReconcileTools,
  request: ApprovalRequest,
  { makers, complete }: Around,
): Promise<boolean> {
  const isNobodys = makers.length === 0 && requestersOf(request).length === 0;
  if (request.status !== 'pending' || !isNobodys) return true;
  if (!complete) return false;
  if (!(await mayBeUndone(ledger, request))) return true;
  const unfounded: Decision = {
    ...{ decision: 'unfounded', by: { name: 'CloudTrail' }, via: 'cloudtrail', at: now().toISOString() },
  };
  const result = await ledger.decide(request.id, unfounded);
  if (result.status !== 'won') return true;
  await ledger.auditDecision(decisionEntry(result.request, unfounded));
  const delivery = await deliver(callbacks, unfounded, result.taskToken);
  if (delivery.status === 'delivered') {
    await ledger.auditDelivery(deliveryEntry(request, unfounded, unfounded.at));
  }
  return true;
}

async function mayBeUndone(
  { readPredecessor }: ReconcileTools['ledger'],
  request: ApprovalRequest,
): Promise<boolean> {
  const { containment } = request;
  if (!('tookOut' in containment)) return false;
  const before = await readPredecessor(request);
  if (before !== undefined) return before.decision?.decision === 'approved';
  // That CloudTrail shows nobody is not enough: it does not show what a padded write was about.
  return 'stood' in containment;
}
