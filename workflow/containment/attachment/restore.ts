import type { AttachmentTarget } from '../../events/change.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';
import { removeDenies } from './denies.ts';
import { readVersionInForce } from './version-in-force.ts';

/**
 * Attaches the policy again, if its version in force still is the reviewed document, byte for byte, or grants nothing
 * restricted: then the reviewed one is under review itself. What stood for its Denies goes.
 */
export async function restoreAttachment(
  { entity, entityName, policyArn }: AttachmentTarget,
  { document, containment }: DecidedTask,
  { iam, pause, evaluate }: ContainmentTools,
): Promise<RestoreResult> {
  const inForce = await readVersionInForce(iam, policyArn);
  if (inForce !== document && evaluate(inForce) !== 'harmless') {
    const detail = `${policyArn} grants something else now than what was reviewed; it was not attached to ${entity} ${entityName}.`;
    return { status: 'superseded', detail };
  }
  await iam.attach(entity, entityName, policyArn);
  await verify(`${policyArn} is attached to ${entity} ${entityName}`, pause, () =>
    iam.isAttached(entity, entityName, policyArn),
  );
  await removeDenies({ entity, entityName }, containment, { iam });
  const rest = inForce === document ? '' : ' What was reviewed is not in force in it, though.';
  return { status: 'restored', detail: `${policyArn} is attached to ${entity} ${entityName} again.${rest}` };
}
