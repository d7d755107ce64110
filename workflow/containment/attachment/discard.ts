import type { AttachmentTarget } from '../../events/change.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../tasks.ts';
import { removeDenies } from './denies.ts';
import { readVersionInForce } from './version-in-force.ts';

/**
 * Makes sure that the policy is detached and what stood for its Denies gone, unless it is attached again with another version in force: that was
 * judged on its own.
 *
 * @throws NotFoundError when the entity or the policy is not there
 */
export async function discardAttachment(
  { entity, entityName, policyArn }: AttachmentTarget,
  { document: reviewed, containment }: DecidedTask,
  { iam }: ContainmentTools,
): Promise<DiscardResult> {
  const [attached, document] = await Promise.all([
    iam.isAttached(entity, entityName, policyArn),
    readVersionInForce(iam, policyArn),
  ]);
  await removeDenies({ entity, entityName }, containment, { iam });
  if (attached && document !== reviewed) {
    const detail = `${policyArn} grants something else now than what was reviewed, and is attached to ${entity} ${entityName} again; it was left alone.`;
    return { detail };
  }
  await orMissing(iam.detach(entity, entityName, policyArn));
  return { detail: `${policyArn} stays detached from ${entity} ${entityName}.` };
}
