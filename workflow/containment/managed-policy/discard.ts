import type { ManagedPolicyTarget } from '../../events/change.ts';
import { writesDocument } from '../../events/watched-calls.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../tasks.ts';
import { deletePlaceholders } from './delete-placeholders.ts';
import { planVersion } from './plan-version.ts';
import { takeOutOfForce } from './take-out-of-force.ts';

/**
 * Makes sure that the reviewed version is not in force, then deletes it if the change had created it, and no later
 * request waits for it.
 */
export async function discardVersion(
  target: ManagedPolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const { policyArn, versionId } = target;
  const createsVersion = writesDocument(task.change);
  const defaultVersionId = await tools.iam.getDefaultVersionId(policyArn);
  const document = await orMissing(tools.iam.getPolicyVersion(policyArn, versionId));
  if (document !== undefined && document !== task.document) {
    const detail = `The policy was deleted and created again; its ${versionId} is another document and stays as it is.`;
    return { detail };
  }
  const inForce = defaultVersionId === versionId ? await takeOut(target, task, tools) : defaultVersionId;
  const waiting = await waitingRequest(task, tools);
  if (waiting !== undefined) {
    const detail = `${versionId} stays out of force, and is kept because request ${waiting} waits for it; ${inForce} is in force.`;
    return { detail };
  }
  if (createsVersion && document !== undefined) {
    await orMissing(tools.iam.deletePolicyVersion(policyArn, versionId));
  }
  await deletePlaceholders(target, task, inForce, tools);
  const end = createsVersion ? 'is deleted for good' : 'stays out of force';
  return { detail: `${versionId} ${end}; ${inForce} is in force.` };
}

async function takeOut(
  target: ManagedPolicyTarget,
  { change, document }: DecidedTask,
  tools: ContainmentTools,
): Promise<string> {
  const plan = await planVersion(target, change, document, tools);
  return (await takeOutOfForce({ target, change, document, plan }, tools)).inForceVersionId;
}

/** A request about the same document, made after this one was decided. */
function waitingRequest(
  { change, document }: DecidedTask,
  { ledger }: ContainmentTools,
): Promise<string | undefined> {
  return ledger.findPending(targetKey(change.accountId, change.target), sha256(document));
}
