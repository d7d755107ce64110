import type { AttachmentTarget } from '../../events/change.ts';
import { unpack } from '../../inspection/packed-document.ts';
import type { Plan } from '../../ledger/intents.ts';
import { begin, intentOf, requireOpen } from '../begin.ts';
import { orMissing } from '../or-missing.ts';
import { type OwnDoing, ownDoing } from '../own-doing.ts';
import { countPutBacks, tellPutBacks } from '../put-backs.ts';
import { lookUntil } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';
import { standDenies } from './denies.ts';
import { readVersionInForce } from './version-in-force.ts';

/** When nobody could plan, nothing is known of what the policy denies until it is detached. */
const UNPLANNED: AttachmentPlan = { type: 'attachment', leftOut: [] };

type AttachmentPlan = Extract<Plan, { type: 'attachment' }>;

/**
 * Detaches the policy; what it denies stands as an inline policy meanwhile. Detaching is tried before anything is
 * read: a read may lag behind, a write does not.
 */
export async function quarantineAttachment(
  target: AttachmentTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { entity, entityName, policyArn } = target;
  const own = ownDoing(task, tools.lookups);
  const plan = task.plan?.type === 'attachment' ? task.plan : UNPLANNED;
  const detached = () => detach(target, task, tools);
  await requireOpen(task);
  const done =
    task.document === undefined
      ? await detached()
      : await begin(task, { plan, document: task.document }, tools, detached);
  if (!done && !(await isDoneAlready(target, task, own, tools))) {
    const detail = `${policyArn} had been detached from ${entity} ${entityName} already. Nothing was changed.`;
    return { status: 'superseded', detail };
  }
  const inForce = await orMissing(readVersionInForce(tools.iam, policyArn));
  const document = task.document ?? inForce ?? (await readVersionInForce(tools.iam, policyArn));
  const tookOut = done ? ({ tookOut: true } as const) : await own.tookOut();
  // That it was attached, only the call has told that has detached it.
  if (done) await tools.lookups.keepIntent(intentOf(task, { plan, document, ...tookOut }, tools.now()));
  const stood = stoodBy(plan, await own.plan());
  const standing = await standDenies(target, [...stood.denied, inForce ?? document], tools);
  const leftOut = [...new Set([...stood.leftOut, ...(standing.leftOut ?? [])])];
  const containment = { ...standing, ...(leftOut.length > 0 && { leftOut }), ...stood.marks, ...tookOut };
  const put = done ? await countPutBacks(task, document, own, true, tools) : undefined;
  const detail = `${policyArn} is detached from ${entity} ${entityName}.${tellPutBacks(put)}`;
  return {
    ...{ status: 'quarantined', detail, document, containment },
    ...(put && { putBacks: put.putBacks }),
    ...(plan.before !== undefined && { before: plan.before }),
  };
}

/** What was known of it before an earlier try detached it may not be told again. */
function stoodBy(plan: AttachmentPlan, earlier: Plan | undefined) {
  const known = plan.isBefore === undefined && earlier?.type === 'attachment' ? earlier : plan;
  const { isBefore, isIdentical, denies, leftOut } = known;
  return {
    marks: { ...(isBefore && { isBefore }), ...(isIdentical && { isIdentical }) },
    // What it denied before stays denied, also where the version in force by then leaves that out.
    denied: isBefore !== undefined && denies !== undefined ? [unpack(denies)] : [],
    leftOut: isBefore !== undefined ? leftOut : [],
  };
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
  { change }: QuarantineTask,
  own: OwnDoing,
  { iam, lookups }: ContainmentTools,
): Promise<boolean> {
  await iam.isAttached(entity, entityName, policyArn);
  return (await own.isPossible()) || (await lookups.recorded(change.requestId)) !== undefined;
}
