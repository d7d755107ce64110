import type { AttachmentTarget } from '../../events/change.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';
import { readVersionInForce } from './version-in-force.ts';

/** Attaches the policy again, if its version in force still is the reviewed document, byte for byte. */
export async function restoreAttachment(
  { entity, entityName, policyArn }: AttachmentTarget,
  { document }: DecidedTask,
  { iam, pause }: ContainmentTools,
): Promise<RestoreResult> {
  if ((await readVersionInForce(iam, policyArn)) !== document) {
    const detail = `${policyArn} grants something else now than what was reviewed; it was not attached to ${entity} ${entityName}.`;
    return { status: 'superseded', detail };
  }
  await iam.attach(entity, entityName, policyArn);
  await verify(`${policyArn} is attached to ${entity} ${entityName}`, pause, () =>
    iam.isAttached(entity, entityName, policyArn),
  );
  return { status: 'restored', detail: `${policyArn} is attached to ${entity} ${entityName} again.` };
}
