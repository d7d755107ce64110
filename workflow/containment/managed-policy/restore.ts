import { NotFoundError } from '../../account/iam/iam.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { isLeftByQuarantine } from '../left-by-quarantine.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';
import { createAnew } from './create-anew.ts';
import { deletePlaceholders } from './delete-placeholders.ts';

/**
 * Makes the reviewed version the default again, if it still is the reviewed one and what is in force is what
 * quarantine left there; one that quarantine had to delete is made anew. Then deletes the placeholder version that
 * quarantine created.
 *
 * @throws NotFoundError when somebody else has deleted the version
 */
export async function restoreVersion(
  target: ManagedPolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<RestoreResult> {
  const { policyArn, versionId } = target;
  const reviewed = await orMissing(tools.iam.getPolicyVersion(policyArn, versionId));
  if (reviewed !== undefined && reviewed !== task.document) {
    const detail = `${versionId} holds another document than the reviewed one: the policy was deleted and created again. Nothing was put back.`;
    return { status: 'superseded', detail };
  }
  if (reviewed === undefined && !(await isDeletedByQuarantine(target, task, tools))) {
    throw new NotFoundError(`${versionId} of ${policyArn} is not there.`);
  }
  const defaultVersionId = await tools.iam.getDefaultVersionId(policyArn);
  const inForce = await tools.iam.getPolicyVersion(policyArn, defaultVersionId);
  if (
    inForce !== task.document &&
    !(await mayBeReplaced(target, task, { defaultVersionId, inForce }, tools))
  ) {
    const detail = `${defaultVersionId} has been put in force meanwhile; it stays, and ${versionId} was not put back.`;
    return { status: 'superseded', detail };
  }
  const restoredId = await putInForce(target, task, { reviewed, inForce, defaultVersionId }, tools);
  if (restoredId === undefined) return noRoom(target);
  await verify(`${restoredId} of ${policyArn} is in force`, tools.pause, async () => {
    return (await tools.iam.getDefaultVersionId(policyArn)) === restoredId;
  });
  const deleted = await deletePlaceholders(target, task, restoredId, tools);
  const rest = deleted.length > 0 ? `; the placeholder version ${deleted.join(' and ')} is gone` : '';
  const anew = restoredId === versionId ? `${versionId} is` : `${versionId}, made anew as ${restoredId}, is`;
  return { status: 'restored', detail: `${anew} in force again, exactly as reviewed${rest}.` };
}

/** @returns the version that is in force now; undefined when there is no room to make it anew */
async function putInForce(
  { policyArn, versionId }: ManagedPolicyTarget,
  { document }: DecidedTask,
  seen: { reviewed: string | undefined; inForce: string; defaultVersionId: string },
  tools: ContainmentTools,
): Promise<string | undefined> {
  if (seen.reviewed === undefined) {
    // A try that was cut short may have made it.
    return seen.inForce === document ? seen.defaultVersionId : createAnew(policyArn, document, tools);
  }
  await tools.iam.setDefaultPolicyVersion(policyArn, versionId);
  return versionId;
}

function noRoom({ policyArn, versionId }: ManagedPolicyTarget): RestoreResult {
  const detail = `${versionId} was not put back: it had been deleted because it was put back again and again, and ${policyArn} has no room for a further version. The approval stands: delete a version, then create it again with the same document.`;
  return { status: 'no-room', detail };
}

async function isDeletedByQuarantine(
  { policyArn, versionId }: ManagedPolicyTarget,
  { change, document }: DecidedTask,
  { ledger }: ContainmentTools,
): Promise<boolean> {
  const key = targetKey(change.accountId, { type: 'managed-policy', policyArn, versionId });
  const intents = await ledger.findIntents(key);
  return intents.some(
    ({ deletesVersion, document: { sha256: hash } }) => deletesVersion === true && hash === sha256(document),
  );
}

/** The reviewed version itself may be in force after a try that was cut short: then it is set once more. */
async function mayBeReplaced(
  { versionId }: ManagedPolicyTarget,
  task: DecidedTask,
  { defaultVersionId, inForce }: { defaultVersionId: string; inForce: string },
  tools: ContainmentTools,
): Promise<boolean> {
  const left = task.containment.type === 'managed-policy' && task.containment.inForceVersionId;
  if (defaultVersionId === versionId || defaultVersionId === left) return true;
  return isLeftByQuarantine(inForce, task, tools);
}
