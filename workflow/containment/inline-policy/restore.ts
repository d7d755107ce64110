import { LimitExceededError, NotFoundError } from '../../account/iam/iam.ts';
import type { InlinePolicyTarget } from '../../events/change.ts';
import { isLeftByQuarantine } from '../left-by-quarantine.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools, DecidedTask, RestoreResult } from '../tasks.ts';
import { verify } from '../verify.ts';

/** Puts the reviewed document back, byte for byte, if what quarantine left (or that document already) stands there. */
export async function restoreInlinePolicy(
  { entity, entityName, policyName }: InlinePolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<RestoreResult> {
  const { iam, pause } = tools;
  const { document } = task;
  const current = await orMissing(iam.getInlinePolicy(entity, entityName, policyName));
  const what = `${policyName} of ${entity} ${entityName}`;
  if (current !== document && !(await isLeftByQuarantine(current, task, tools))) {
    if (current === undefined) throw new NotFoundError(`${what} is not there.`);
    const detail = `${what} has been replaced by another policy meanwhile; that one stays, and nothing was put back.`;
    return { status: 'superseded', detail };
  }
  try {
    await iam.putInlinePolicy(entity, entityName, policyName, document);
  } catch (error) {
    if (!(error instanceof LimitExceededError)) throw error;
    return { status: 'no-room', detail: noRoom(entity, entityName, what) };
  }
  await verify(`${what} is the reviewed document`, pause, async () => {
    return (await iam.getInlinePolicy(entity, entityName, policyName)) === document;
  });
  return { status: 'restored', detail: `${what} is in force again, exactly as reviewed.` };
}

/** Source: IAM User Guide, "IAM and AWS STS quotas". */
const QUOTA = { user: '2,048', group: '5,120', role: '10,240' };

function noRoom(entity: keyof typeof QUOTA, entityName: string, what: string): string {
  return `${what} was not put back: the inline policies of ${entity} ${entityName} have filled their quota of ${QUOTA[entity]} characters meanwhile. The approval stands: make room there, then write the same policy again.`;
}
