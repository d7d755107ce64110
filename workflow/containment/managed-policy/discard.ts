import type { ManagedPolicyTarget } from '../../events/change.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../change-kind.ts';
import { orMissing } from '../or-missing.ts';
import { takeOutOfForce } from './take-out-of-force.ts';

type Task = DecidedTask<ManagedPolicyTarget>;

/** Makes sure that the reviewed version is not in force, then deletes it if the change had created it. */
export async function discardVersion(
  task: Task,
  createsVersion: boolean,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const { policyArn, versionId } = task.change.target;
  const defaultVersionId = await tools.iam.getDefaultVersionId(policyArn);
  const document = await orMissing(tools.iam.getPolicyVersion(policyArn, versionId));
  if (document !== undefined && document !== task.document) {
    const detail = `The policy was deleted and created again; its ${versionId} is another document and stays as it is.`;
    return { detail };
  }
  const inForce =
    defaultVersionId === versionId
      ? (await takeOutOfForce(task.change, tools)).inForceVersionId
      : defaultVersionId;
  if (createsVersion && document !== undefined) {
    await orMissing(tools.iam.deletePolicyVersion(policyArn, versionId));
  }
  const end = createsVersion ? 'is deleted for good' : 'stays out of force';
  return { detail: `${versionId} ${end}; ${inForce} is in force.` };
}
