import type { AttachmentTarget } from '../../events/change.ts';
import { orMissing } from '../or-missing.ts';
import { lookUntil } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';
import { readVersionInForce } from './version-in-force.ts';

/** Detaches the policy. Detaching is tried before anything is read: a read may lag behind, a write does not. */
export async function quarantineAttachment(
  target: AttachmentTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { entity, entityName, policyArn } = target;
  if (!(await detach(target, task, tools)) && !(await isDoneAlready(target, task, tools))) {
    const detail = `${policyArn} had been detached from ${entity} ${entityName} already. Nothing was changed.`;
    return { status: 'superseded', detail };
  }
  const document = task.document ?? (await readVersionInForce(tools.iam, policyArn));
  const detail = `${policyArn} is detached from ${entity} ${entityName}.`;
  return { status: 'quarantined', detail, document, containment: { type: 'attachment' } };
}

/** @returns false when it was not attached, even after waiting out IAM's lag */
async function detach(
  { entity, entityName, policyArn }: AttachmentTarget,
  { retryCount }: QuarantineTask,
  { iam, pause }: ContainmentTools,
): Promise<boolean> {
  const tryOnce = async () =>
    (await orMissing(iam.detach(entity, entityName, policyArn).then(() => true))) ?? false;
  return retryCount > 0 ? tryOnce() : lookUntil(tryOnce, (detached) => detached, pause);
}

/** @throws NotFoundError when the user, group or role is not there */
async function isDoneAlready(
  { entity, entityName, policyArn }: AttachmentTarget,
  { change, retryCount }: QuarantineTask,
  { iam, lookups }: ContainmentTools,
): Promise<boolean> {
  await iam.isAttached(entity, entityName, policyArn);
  return retryCount > 0 || (await lookups.isRecorded(change.requestId));
}
