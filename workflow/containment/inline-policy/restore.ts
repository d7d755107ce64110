import type { InlinePolicyTarget } from '../../events/change.ts';
import { isPlaceholder } from '../compare-documents.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';

/** Puts the reviewed document back, byte for byte, if the placeholder (or that document already) stands there. */
export async function restoreInlinePolicy(
  { entity, entityName, policyName }: InlinePolicyTarget,
  { document }: DecidedTask,
  { iam, pause }: ContainmentTools,
): Promise<RestoreResult> {
  const current = await iam.getInlinePolicy(entity, entityName, policyName);
  const what = `${policyName} of ${entity} ${entityName}`;
  if (!isPlaceholder(current) && current !== document) {
    const detail = `${what} has been replaced by another policy meanwhile; that one stays, and nothing was put back.`;
    return { status: 'superseded', detail };
  }
  await iam.putInlinePolicy(entity, entityName, policyName, document);
  await verify(`${what} is the reviewed document`, pause, async () => {
    return (await iam.getInlinePolicy(entity, entityName, policyName)) === document;
  });
  return { status: 'restored', detail: `${what} is in force again, exactly as reviewed.` };
}
