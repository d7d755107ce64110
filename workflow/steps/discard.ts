import { NotFoundError } from '../account/iam/iam.ts';
import { discardChange } from '../containment/contain.ts';
import { follow } from '../containment/follow-rename.ts';
import { whileMissing } from '../containment/settle.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import { sha256 } from '../inspection/packed-document.ts';
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
  const { tools, moved } = await follow(task.change, task.principal?.id, given);
  try {
    const { detail } = await whileMissing(() => discardChange(task, tools), tools.pause);
    return { outcome: decision === 'expired' ? 'expired' : 'denied', detail: `${detail}${moved}` };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { outcome: 'gone', detail: `It had been deleted already: ${error.message}` };
  }
}
