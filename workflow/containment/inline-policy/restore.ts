import type { InlinePolicyTarget } from '../../events/change.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../change-kind.ts';
import { isPlaceholder } from '../compare-documents.ts';
import { verify } from '../verify.ts';

/** Puts the reviewed document back, byte for byte, if the placeholder (or that document already) stands there. */
export async function restoreInlinePolicy(
  task: DecidedTask<InlinePolicyTarget>,
  { iam, pause }: ContainmentTools,
): Promise<RestoreResult> {
  const { entity, entityName, policyName } = task.change.target;
  const current = await iam.getInlinePolicy(entity, entityName, policyName);
  const what = `${policyName} of ${entity} ${entityName}`;
  if (!isPlaceholder(current) && current !== task.document) {
    const detail = `${what} has been replaced by another policy meanwhile; that one stays, and nothing was put back.`;
    return { status: 'superseded', detail };
  }
  await iam.putInlinePolicy(entity, entityName, policyName, task.document);
  await verify(`${what} is the reviewed document`, pause, async () => {
    return (await iam.getInlinePolicy(entity, entityName, policyName)) === task.document;
  });
  return { status: 'restored', detail: `${what} is in force again, exactly as reviewed.` };
}
