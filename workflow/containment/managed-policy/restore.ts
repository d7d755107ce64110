import type { ManagedPolicyTarget } from '../../events/change.ts';
import { isPlaceholder } from '../compare-documents.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';

/**
 * Makes the reviewed version the default again, if it still is the reviewed one and what is in force is what
 * quarantine left there; then deletes the placeholder version that quarantine created.
 */
export async function restoreVersion(
  target: ManagedPolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<RestoreResult> {
  const { policyArn, versionId } = target;
  if ((await tools.iam.getPolicyVersion(policyArn, versionId)) !== task.document) {
    const detail = `${versionId} holds another document than the reviewed one: the policy was deleted and created again. Nothing was put back.`;
    return { status: 'superseded', detail };
  }
  const defaultVersionId = await tools.iam.getDefaultVersionId(policyArn);
  if (!(await isLeftByQuarantine(target, task, defaultVersionId, tools))) {
    const detail = `${defaultVersionId} has been put in force meanwhile; it stays, and ${versionId} was not put back.`;
    return { status: 'superseded', detail };
  }
  await tools.iam.setDefaultPolicyVersion(policyArn, versionId);
  await verify(`${versionId} of ${policyArn} is in force`, tools.pause, async () => {
    return (await tools.iam.getDefaultVersionId(policyArn)) === versionId;
  });
  const deleted = await deletePlaceholder(target, task, tools);
  const rest = deleted ? `; the placeholder version ${deleted} is gone` : '';
  return { status: 'restored', detail: `${versionId} is in force again, exactly as reviewed${rest}.` };
}

/** The reviewed version itself may be in force after a try that was cut short: then it is set once more. */
async function isLeftByQuarantine(
  { policyArn, versionId }: ManagedPolicyTarget,
  task: DecidedTask,
  defaultVersionId: string,
  tools: ContainmentTools,
) {
  const left = task.containment.type === 'managed-policy' && task.containment.inForceVersionId;
  if (defaultVersionId === versionId || defaultVersionId === left) return true;
  return isPlaceholder(await tools.iam.getPolicyVersion(policyArn, defaultVersionId));
}

/** @returns the id of the version that is gone now */
async function deletePlaceholder(
  { policyArn }: ManagedPolicyTarget,
  task: DecidedTask,
  { iam }: ContainmentTools,
): Promise<string | undefined> {
  const id = task.containment.type === 'managed-policy' ? task.containment.placeholderVersionId : undefined;
  if (id === undefined) return undefined;
  const document = await orMissing(iam.getPolicyVersion(policyArn, id));
  if (document !== undefined && !isPlaceholder(document)) return undefined;
  if (document !== undefined) await orMissing(iam.deletePolicyVersion(policyArn, id));
  return id;
}
