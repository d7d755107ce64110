import { NotFoundError } from '../../account/iam/iam.ts';
import type { InlinePolicyTarget } from '../../events/change.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { isPlaceholder } from '../compare-documents.ts';
import { orMissing } from '../or-missing.ts';
import { PLACEHOLDER } from '../placeholder.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../tasks.ts';

/** More requests than anybody lets wait; only they are searched for others on the same policy. */
const MOST_WAITING = 1_000;

/**
 * Deletes the inline policy: the placeholder, or the reviewed document if somebody has put it back. Something else
 * that stands there is not this request's, and the placeholder stays while another request needs its place.
 */
export async function discardInlinePolicy(
  { entity, entityName, policyName }: InlinePolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const what = `${policyName} of ${entity} ${entityName}`;
  const current = await orMissing(tools.iam.getInlinePolicy(entity, entityName, policyName));
  if (current === undefined) return alreadyDeleted(task, what);
  if (current !== task.document && !isPlaceholder(current)) {
    return { detail: `A different policy stands under ${what} now; it was left alone.` };
  }
  const other = await otherRequest(task, tools);
  if (other === undefined) {
    await orMissing(tools.iam.deleteInlinePolicy(entity, entityName, policyName));
    return { detail: `${what} is deleted for good.` };
  }
  await tools.iam.putInlinePolicy(entity, entityName, policyName, PLACEHOLDER);
  const detail = `${what} stays a placeholder that grants nothing, because request ${other} waits for its place.`;
  return { detail };
}

/** A second try finds what the first one did; on the first, somebody else deleted the policy. */
function alreadyDeleted({ retryCount }: DecidedTask, what: string): DiscardResult {
  if (retryCount === 0) throw new NotFoundError(`${what} is not there.`);
  return { detail: `${what} is deleted for good.` };
}

/** Another request on the same policy that may yet be restored: deleting the placeholder would make it `gone`. */
async function otherRequest(task: DecidedTask, { ledger }: ContainmentTools): Promise<string | undefined> {
  const key = targetKey(task.change.accountId, task.change.target);
  const waiting = await Promise.all([
    ledger.list('pending', MOST_WAITING),
    ledger.list('decided', MOST_WAITING),
  ]);
  const other = waiting
    .flat()
    .filter((request) => request.decision === undefined || request.decision.decision === 'approved')
    .find(({ id, change }) => id !== task.requestId && targetKey(change.accountId, change.target) === key);
  return other?.id;
}
