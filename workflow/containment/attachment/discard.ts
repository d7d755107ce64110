import type { AttachmentTarget } from '../../events/change.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../change-kind.ts';
import { orMissing } from '../or-missing.ts';
import { readVersionInForce } from './version-in-force.ts';

/**
 * Makes sure that the policy is detached, unless it is attached again with another version in force: that was
 * judged on its own.
 *
 * @throws NotFoundError when the entity or the policy is not there
 */
export async function discardAttachment(
  task: DecidedTask<AttachmentTarget>,
  { iam }: ContainmentTools,
): Promise<DiscardResult> {
  const { entity, entityName, policyArn } = task.change.target;
  const [attached, document] = await Promise.all([
    iam.isAttached(entity, entityName, policyArn),
    readVersionInForce(iam, policyArn),
  ]);
  if (attached && document !== task.document) {
    const detail = `${policyArn} grants something else now than what was reviewed, and is attached to ${entity} ${entityName} again; it was left alone.`;
    return { detail };
  }
  await orMissing(iam.detach(entity, entityName, policyArn));
  return { detail: `${policyArn} stays detached from ${entity} ${entityName}.` };
}
