import type { AttachmentTarget } from '../../events/change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import type { ApprovalRequest } from '../../ledger/request.ts';
import { MOST_REQUESTS } from '../../ledger/requests.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { approvalKeys } from '../approval-keys.ts';
import { orMissing } from '../or-missing.ts';
import { readPrincipal } from '../principal.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../tasks.ts';
import { verify } from '../verify.ts';
import { removeDenies } from './denies.ts';
import { mayStand } from './stood.ts';
import { readVersionInForce } from './version-in-force.ts';

/**
 * Makes sure that the policy is detached and what stood for its Denies gone, unless it is attached again with another
 * version in force: that was judged on its own. What stood before the change stands again, if it still may.
 *
 * @throws NotFoundError when the entity or the policy is not there
 */
export async function discardAttachment(
  target: AttachmentTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const { entity, entityName, policyArn } = target;
  const { iam } = tools;
  const [attached, document] = await Promise.all([
    iam.isAttached(entity, entityName, policyArn),
    readVersionInForce(iam, policyArn),
  ]);
  const stood = await stoodBefore(task, tools);
  if (stood && (await mayStandNow(task, document, tools))) return standAgain(target, task, tools);
  if (attached && document !== task.document) {
    await removeDenies(target, task.containment, tools);
    const detail = `${policyArn} grants something else now than what was reviewed, and is attached to ${entity} ${entityName} again; it was left alone.`;
    return { detail };
  }
  await orMissing(iam.detach(entity, entityName, policyArn));
  const stays = `${policyArn} stays detached from ${entity} ${entityName}`;
  if (stood) {
    const detail = `${stays}: it was attached before, and grants something restricted now that was not approved. What it denied stays denied.`;
    return { detail };
  }
  await removeDenies(target, task.containment, tools);
  return { detail: `${stays}.` };
}

async function standAgain(
  target: AttachmentTarget,
  { containment }: DecidedTask,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const { entity, entityName, policyArn } = target;
  const { iam, pause } = tools;
  await iam.attach(entity, entityName, policyArn);
  await verify(`${policyArn} is attached to ${entity} ${entityName}`, pause, () =>
    iam.isAttached(entity, entityName, policyArn),
  );
  await removeDenies(target, containment, tools);
  return { detail: `${policyArn} is attached to ${entity} ${entityName}, as it was before the change.` };
}

/** For so long the inventory may not know of what the guard itself has attached: a sweep comes as often. Milliseconds. */
const UNSEEN = 15 * 60_000;

/**
 * Whether it stood before this change, or before another one for which the guard held it detached, or had just attached
 * it again, when this one came.
 */
async function stoodBefore(
  { change, requestId, containment, principal }: DecidedTask,
  { ledger }: ContainmentTools,
): Promise<boolean> {
  if (containment.type === 'attachment' && containment.isBefore !== undefined) return true;
  if (principal === undefined) return false;
  const all = await ledger.listByTarget(targetKey(change.accountId, change.target), MOST_REQUESTS);
  const own = all.find(({ id }) => id === requestId);
  const since = Date.parse(own?.quarantinedAt ?? change.eventTime) - UNSEEN;
  return all.some(
    (other) =>
      isStood(other, principal) && (other.closedAt === undefined || Date.parse(other.closedAt) > since),
  );
}

function isStood(
  { containment, principal }: ApprovalRequest,
  { id, policyId }: NonNullable<DecidedTask['principal']>,
): boolean {
  if (containment.type !== 'attachment' || containment.isBefore === undefined) return false;
  return principal?.id === id && principal.policyId === policyId;
}

/** For the very same as then, and with what the policy grants now. @throws NotFoundError */
async function mayStandNow(
  { change, document: reviewed, containment, principal: asked }: DecidedTask,
  document: string,
  { iam, ledger, evaluate }: ContainmentTools,
): Promise<boolean> {
  const principal = await readPrincipal(change, iam);
  if (principal.id !== asked?.id || principal.policyId !== asked.policyId) return false;
  const isIdentical = containment.type === 'attachment' && containment.isIdentical === true;
  if (isIdentical && document === reviewed) return true;
  const keys = approvalKeys(change);
  const approvals = await Promise.all(keys.map((key) => ledger.findApproval(key, sha256(document))));
  return mayStand(document, approvals, principal, evaluate) !== undefined;
}
