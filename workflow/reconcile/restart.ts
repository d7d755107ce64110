import { ERROR } from '../decisions/error-names.ts';
import { readEvent } from '../events/read-event.ts';
import { nameOf, startedAgain } from '../events/started-again.ts';
import type { OpenRequest } from '../ledger/open-requests.ts';
import type { Restart } from '../ledger/restarts.ts';
import * as z from '../runtime/zod.ts';
import { startedBy } from './confirm/started-by.ts';
import type { Execution } from './executions.ts';
import { takeUpWhenDue } from './take-up.ts';
import type { ReconcileTools } from './tools.ts';
import { TELL_AGAIN, waitAfter } from './waits.ts';

/** By how much a look for dead executions reaches back behind the one before. Milliseconds. */
export const OVERLAP = 15 * 60_000;

/**
 * Sees to it that the change of a dead execution comes to an end: by its request, where that is still to be told, or
 * by the same input once more, which finds what was done before.
 *
 * @returns whether one was started
 */
export async function restart(tools: ReconcileTools, kept: Restart): Promise<boolean> {
  const { ledger, executions } = tools;
  const execution = await executions.describe(kept.executionArn);
  if (execution?.status === 'RUNNING') return false;
  if (execution === undefined || execution.status === 'SUCCEEDED') return finished(tools, kept);
  if (isNoEvent(execution)) return nameStarter(tools, kept);
  const input = inputOf(execution);
  const open = input.requestId === undefined ? undefined : await ledger.readOpen(input.requestId);
  if (open?.request.executionArn === execution.arn) return takeUpUntold(tools, kept, open);
  // Another execution has its request now; or people were told, and no try helps.
  const handedOver = input.isResume || open?.formerExecutions?.includes(execution.arn);
  if (handedOver || isLeftToPeople(tools, kept, execution)) return finished(tools, kept);
  const attempts = kept.attempts + 1;
  const toldAt = whenTold(tools, kept, execution);
  const isTold = toldAt !== undefined;
  const executionArn = await executions.start(nameOf({ attempts, isTold }, kept), execution.input);
  await keep(tools, { ...kept, toldAt }, executionArn);
  await ledger.audit({
    at: tools.now().toISOString(),
    event: 'change.restarted',
    ...(input.requestId !== undefined && { requestId: input.requestId }),
    detail: `Its execution had ended as ${execution.status}: ${execution.arn}`,
    executionArn,
  });
  return true;
}

/**
 * A change that has no request has nothing but its executions to know by that it was told.
 *
 * @returns when people were told, where that is not long ago
 */
function whenTold(
  { now }: ReconcileTools,
  kept: Restart,
  { error, arn, status }: Execution,
): string | undefined {
  const at = now();
  const isNews = status === 'FAILED' && error === ERROR.failed && startedAgain(arn, kept)?.isTold !== true;
  const told = isNews ? at.toISOString() : kept.toldAt;
  return told !== undefined && at.getTime() - Date.parse(told) < TELL_AGAIN ? told : undefined;
}

/** It is kept as long as looks for dead executions may find it again. */
async function finished({ ledger, now }: ReconcileTools, kept: Restart): Promise<false> {
  const forgetAt = Date.parse(kept.since) + 2 * OVERLAP;
  if (now().getTime() >= forgetAt) await ledger.removeRestart(kept.root);
  else await ledger.putRestart({ ...kept, dueAt: new Date(forgetAt).toISOString() });
  return false;
}

function isNoEvent({ status, error }: Execution): boolean {
  return status === 'FAILED' && error === ERROR.noEvent;
}

/**
 * Has it told who started an execution with what is no event, as soon as CloudTrail shows that.
 *
 * @returns whether an execution was started that tells it
 * @throws CloudTrailUnavailableError
 */
async function nameStarter(tools: ReconcileTools, kept: Restart): Promise<boolean> {
  if (kept.startedBy !== undefined) return finished(tools, kept);
  const { ledger, executions, now, patienceMs } = tools;
  const by = await startedBy(tools, kept.executionArn);
  // The next run asks again.
  if (by === undefined && now().getTime() - Date.parse(kept.since) < patienceMs) return false;
  const named = { ...kept, startedBy: by ?? 'somebody whom CloudTrail does not name' };
  await ledger.putRestart(named);
  // Told by an execution, because only it may talk to people.
  await executions.start(`started-${kept.root}`, JSON.stringify({ unconfirmed: kept.root }));
  await ledger.audit({
    at: now().toISOString(),
    event: 'execution.refused',
    detail: `It was started with what is no event, by ${named.startedBy}.`,
    executionArn: kept.executionArn,
  });
  return true;
}

/** A request that waits or is decided is taken up with all that do; what is left is one whose end nobody was told of. */
async function takeUpUntold(tools: ReconcileTools, kept: Restart, open: OpenRequest): Promise<boolean> {
  if (open.request.status !== 'closed' || open.announcedAt !== undefined) return finished(tools, kept);
  const taken = await takeUpWhenDue(tools, open);
  if (taken.status !== 'taken-up') return false;
  await keep(tools, kept, taken.executionArn);
  return true;
}

async function keep({ ledger, waits, now }: ReconcileTools, kept: Restart, executionArn: string) {
  const attempts = kept.attempts + 1;
  const dueAt = new Date(now().getTime() + waitAfter(attempts, waits)).toISOString();
  await ledger.putRestart({ ...kept, executionArn, attempts, dueAt });
}

function isLeftToPeople(
  { waits, now }: ReconcileTools,
  { since }: Restart,
  { error, status }: Execution,
): boolean {
  // Whoever stops an execution says with which error.
  if (status === 'FAILED' && error === ERROR.leftToPeople) return true;
  return error !== ERROR.untold && now().getTime() - Date.parse(since) > waits.giveUp;
}

const resumeSchema = z.object({ resume: z.string() });

/** Anybody can start an execution with any input. */
function inputOf({ input }: Execution): { requestId?: string; isResume: boolean } {
  const parsed: unknown = JSON.parse(input);
  const resume = resumeSchema.safeParse(parsed);
  if (resume.success) return { requestId: resume.data.resume, isResume: true };
  const reading = readEvent(parsed);
  return reading.type === 'change'
    ? { requestId: reading.parsed.change.requestId, isResume: false }
    : { isResume: false };
}
