import { NotFoundError } from '../account/iam/iam.ts';
import { discardChange, restoreChange } from '../containment/contain.ts';
import { follow } from '../containment/follow-rename.ts';
import { grantHash } from '../containment/possible-holders.ts';
import { whileMissing } from '../containment/settle.ts';
import type { ContainmentTools, DecidedTask } from '../containment/tasks.ts';
import { sha256 } from '../inspection/packed-document.ts';
import { heldBeforeQuarantine } from '../inventory/held-before.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { targetKey } from '../ledger/target-key.ts';
import { readDecided } from './decided-request.ts';
import type { Ending } from './restore.ts';

/**
 * The Discard step: makes the removal final, after making sure that the grant still is out of force. Safe to repeat.
 * It may be late, having been tried again for minutes: what a later request has approved meanwhile is left alone.
 *
 * @throws DecisionMissingError unless the request is denied or expired in the ledger: what is approved, or not
 *   decided, is never deleted
 */
export async function discard(
  requestId: string,
  retryCount: number,
  ledger: Pick<Ledger, 'readOpen' | 'findApproval'>,
  given: ContainmentTools,
): Promise<Ending> {
  const decided = await readDecided(ledger, requestId, ['denied', 'expired'], retryCount);
  const { decision } = decided;
  // What an execution before this one has deleted is its own doing too.
  const task = { ...decided.task, retryCount: retryCount + decided.handovers };
  const key = targetKey(task.change.accountId, task.change.target);
  const approval = await ledger.findApproval(key, sha256(task.document));
  if (approval !== undefined) {
    const detail = `Exactly this was approved by ${approval.by} in request ${approval.requestId} meanwhile; it was left alone.`;
    return { outcome: 'superseded', detail };
  }
  const outcome = decision === 'expired' ? 'expired' : 'denied';
  try {
    const detail = await whileMissing(() => discardWhereverItIs(task, given), given.pause);
    return { outcome, detail };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { outcome: 'gone', detail: `It had been deleted already: ${error.message}` };
  }
}

/**
 * From whom it was taken and from nobody else, whoever has the name by now.
 *
 * @throws NotFoundError
 */
async function discardWhereverItIs(task: DecidedTask, given: ContainmentTools): Promise<string> {
  const { change, principal } = task;
  const { tools, moved, gone } = await follow(change, principal?.id ?? change.holder?.id, given);
  if (gone) throw new NotFoundError('Whom it was taken from is not there any more.');
  if (await heldItBefore(task, given)) {
    const { detail } = await restoreChange(task, tools);
    return `Exactly this was held before the change, so that it is not for a denial to take: ${detail}${moved}`;
  }
  const { detail } = await discardChange(task, tools);
  return `${detail}${moved}`;
}

/** Whether what was taken out in doubt turns out to have been held before. */
async function heldItBefore(task: DecidedTask, { ledger, iam }: ContainmentTools): Promise<boolean> {
  const { change, principal, unsure } = task;
  const { target, holder } = change;
  const id = principal?.id ?? holder?.id;
  if (unsure !== true || id === undefined || target.type === 'managed-policy') return false;
  const [entries, hash] = await Promise.all([
    ledger.listInventoryOf(target.entity, [id]),
    grantHash(task, { iam }),
  ]);
  return hash !== undefined && heldBeforeQuarantine(entries, target.entityName, change, hash);
}
