import type { Containment } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { plannedStanding } from './attachment/denies.ts';
import { orMissing } from './or-missing.ts';
import { isPlaceholderOf } from './placeholder.ts';
import type { ContainmentTools, DecidedTask } from './tasks.ts';

/** Whether what was reviewed is in force. @throws what IAM throws */
export async function isInForce(
  { change: { target }, document }: DecidedTask,
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<boolean> {
  switch (target.type) {
    case 'managed-policy':
      return (await orMissing(iam.getDefaultVersionId(target.policyArn))) === target.versionId;
    case 'inline-policy': {
      const { entity, entityName, policyName } = target;
      return (await orMissing(iam.getInlinePolicy(entity, entityName, policyName))) === document;
    }
    case 'attachment':
      return (await orMissing(iam.isAttached(target.entity, target.entityName, target.policyArn))) === true;
  }
}

/**
 * What a quarantine has left that was begun, and of whose end nothing is known: what it had written down that it was
 * about to do.
 *
 * @returns what the task has where nothing was begun
 */
export async function leftHalfDone(task: DecidedTask, tools: ContainmentTools): Promise<Containment> {
  const { change, requestId, containment } = task;
  const intents = await tools.ledger.findIntents(targetKey(change.accountId, change.target));
  const plan = intents.find((intent) => intent.change.requestId === requestId)?.plan;
  switch (plan?.type) {
    case undefined:
      return containment;
    case 'attachment':
      return plannedStanding(change.target, plan.denies);
    case 'inline-policy':
      return { type: 'inline-policy', stands: plan.instead };
    case 'managed-policy':
      return 'versionId' in plan.instead
        ? { type: 'managed-policy', inForceVersionId: plan.instead.versionId }
        : placeholderOf(task, tools);
  }
}

/** The placeholder that is in force: which version it became is written down only when quarantine has ended. */
async function placeholderOf(
  { change: { target }, document, containment }: DecidedTask,
  { iam }: ContainmentTools,
): Promise<Containment> {
  if (target.type !== 'managed-policy') return containment;
  const inForceVersionId = await iam.getDefaultVersionId(target.policyArn);
  const inForce = await iam.getPolicyVersion(target.policyArn, inForceVersionId);
  return isPlaceholderOf(inForce, document)
    ? { type: 'managed-policy', inForceVersionId, placeholderVersionId: inForceVersionId }
    : containment;
}
