import { NotFoundError } from '../account/iam/iam.ts';
import { restoreChange } from '../containment/contain.ts';
import { follow } from '../containment/follow-rename.ts';
import { isInForce, leftHalfDone } from '../containment/left-half-done.ts';
import { lookUntil, whileMissing } from '../containment/settle.ts';
import type { ContainmentTools, DecidedTask } from '../containment/tasks.ts';
import { identityOf } from '../events/identity.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Decision } from '../ledger/request.ts';
import { requestersOf } from '../ledger/requesters.ts';
import { targetKey } from '../ledger/target-key.ts';
import { readDecided } from './decided-request.ts';
import { letRecord } from './let-record.ts';
import type { Contained } from './payloads.ts';

/** How one of the steps after a decision ended. */
export type Ending = Pick<Contained, 'outcome' | 'detail' | 'askAgain' | 'principal'>;

/**
 * The Restore step: puts the very same grant back, if the ledger holds its approval, or that nobody had changed
 * anything, and what is in force is what quarantine left. Safe to repeat.
 *
 * @throws DecisionMissingError unless the ledger says so
 */
export async function restore(
  requestId: string,
  retryCount: number,
  ledger: Pick<Ledger, 'read' | 'readOpen' | 'findPending'>,
  given: ContainmentTools,
): Promise<Ending> {
  const { task: asked, decision } = await readDecided(
    ledger,
    requestId,
    ['approved', 'unfounded'],
    retryCount,
  );
  if (asked.containment.type === 'none' && (await isInForce(asked, given))) {
    return { outcome: 'approved', detail: 'It is in force, and was left so.' };
  }
  // What was said to be in force may have been taken out by a try that failed after it had done so.
  const task =
    asked.containment.type === 'none' ? { ...asked, containment: await leftHalfDone(asked, given) } : asked;
  if (decision === 'approved') await letRecord(task, ledger, given);
  if (decision === 'approved' && (await hasAnotherMaker(ledger, requestId, task))) {
    const detail =
      'Before it was put back, another event told of exactly this, and named somebody else. Nothing was put back.';
    return { outcome: 'superseded', detail };
  }
  const { change, principal } = task;
  const { tools, moved, gone } = await follow(change, principal?.id ?? change.holder?.id, given);
  // Somebody else has the name, and nothing would show that.
  if (gone && principal === undefined) {
    return { outcome: 'gone', detail: 'Whom it was taken from is not there any more.' };
  }
  try {
    // What keeps it from being put back may be a read that lags behind; nothing has been written then.
    const { status, detail, ...rest } = await lookUntil(
      () => whileMissing(() => restoreChange(task, tools), tools.pause),
      (result) => result.status !== 'superseded',
      tools.pause,
    );
    return {
      outcome: status === 'restored' ? outcomeOf(decision) : status,
      detail: `${detail}${moved}`,
      ...rest,
    };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { outcome: 'gone', detail: `There is nothing to put it back to: ${error.message}` };
  }
}

/**
 * Whether a newer request asks about the very same in somebody else's name: whoever approved may not have known who had
 * made it.
 */
async function hasAnotherMaker(
  ledger: Pick<Ledger, 'read' | 'readOpen' | 'findPending'>,
  requestId: string,
  { change: { accountId, target }, document }: DecidedTask,
): Promise<boolean> {
  const newer = await ledger.findPending(targetKey(accountId, target), sha256(document));
  if (newer === undefined || newer === requestId) return false;
  const [approved, asked] = await Promise.all([makersOf(ledger, requestId), makersOf(ledger, newer)]);
  return asked.some((maker) => !approved.includes(maker));
}

async function makersOf(ledger: Pick<Ledger, 'read'>, requestId: string): Promise<string[]> {
  const request = await ledger.read(requestId);
  return request === undefined ? [] : requestersOf(request).map(({ requester }) => identityOf(requester));
}

function outcomeOf(decision: Decision['decision']): 'approved' | 'unfounded' {
  return decision === 'unfounded' ? 'unfounded' : 'approved';
}
