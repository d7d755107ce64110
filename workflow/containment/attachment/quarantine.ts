import type { AttachmentTarget } from '../../events/change.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../change-kind.ts';
import { orMissing } from '../or-missing.ts';
import { lookUntil } from '../settle.ts';
import { readVersionInForce } from './version-in-force.ts';

type Task = QuarantineTask<AttachmentTarget>;

/** Detaches the policy. Detaching is tried before anything is read: a read may lag behind, a write does not. */
export async function quarantineAttachment(task: Task, tools: ContainmentTools): Promise<QuarantineResult> {
  const { entity, entityName, policyArn } = task.change.target;
  if (!(await detach(task, tools)) && !(await isDoneAlready(task, tools))) {
    const detail = `${policyArn} had been detached from ${entity} ${entityName} already. Nothing was changed.`;
    return { status: 'superseded', detail };
  }
  const document = task.document ?? (await readVersionInForce(tools.iam, policyArn));
  const detail = `${policyArn} is detached from ${entity} ${entityName}.`;
  return { status: 'quarantined', detail, document, containment: { type: 'attachment' } };
}

/** @returns false when it was not attached, even after waiting out IAM's lag */
async function detach({ change, retryCount }: Task, { iam, pause }: ContainmentTools): Promise<boolean> {
  const { entity, entityName, policyArn } = change.target;
  const tryOnce = async () =>
    (await orMissing(iam.detach(entity, entityName, policyArn).then(() => true))) ?? false;
  return retryCount > 0 ? tryOnce() : lookUntil(tryOnce, (detached) => detached, pause);
}

/** @throws NotFoundError when the user, group or role is not there */
async function isDoneAlready(
  { change, retryCount }: Task,
  { iam, lookups }: ContainmentTools,
): Promise<boolean> {
  const { entity, entityName, policyArn } = change.target;
  await iam.isAttached(entity, entityName, policyArn);
  return retryCount > 0 || (await lookups.isRecorded(change.requestId));
}
