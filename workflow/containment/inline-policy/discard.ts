import { NotFoundError } from '../../account/iam/iam.ts';
import type { InlinePolicyTarget } from '../../events/change.ts';
import { pack, sha256, unpack } from '../../inspection/packed-document.ts';
import type { ApprovalRequest } from '../../ledger/request.ts';
import { MOST_REQUESTS } from '../../ledger/requests.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { mayStandAgain, readId } from '../known-before.ts';
import { isLeftByQuarantine } from '../left-by-quarantine.ts';
import { orMissing } from '../or-missing.ts';
import { PLACEHOLDER, placeholderOf, sameText } from '../placeholder.ts';
import { lookUntil } from '../settle.ts';
import type { ContainmentTools, DecidedTask, DiscardResult } from '../tasks.ts';
import { stand } from './stand.ts';

/**
 * Makes final what quarantine left; a placeholder that takes nothing away is deleted. Something else that stands
 * there is not this request's, and the placeholder stays while another request needs its place.
 */
export async function discardInlinePolicy(
  target: InlinePolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<DiscardResult> {
  const { entity, entityName, policyName } = target;
  const what = `${policyName} of ${entity} ${entityName}`;
  const { current, isOther } = await lookUntil(
    () => look(target, task, tools),
    (seen) => !seen.isOther,
    tools.pause,
  );
  if (current === undefined) return alreadyDeleted(target, task, what, tools);
  if (isOther) {
    return { detail: `A different policy stands under ${what} now; it was left alone.` };
  }
  const left = await leftStanding(task, current, tools);
  if (left === undefined) return { detail: `${what} stays as it was before the change.` };
  const other = await otherRequest(task, tools);
  if (other === undefined && sameText(left, PLACEHOLDER)) {
    await orMissing(tools.iam.deleteInlinePolicy(entity, entityName, policyName));
    return { detail: `${what} is deleted for good.` };
  }
  await stand(target, { type: 'inline-policy', instead: pack(left), leftOut: [] }, task.document, tools);
  if (isBefore(task)) return { detail: `${what} is what was last seen there before the change.` };
  if (other === undefined) {
    return { detail: `${what} grants nothing of it any more; what it took away stays taken away.` };
  }
  const detail = `${what} stays a placeholder that grants nothing, because request ${other} waits for its place.`;
  return { detail };
}

/** `isOther`: neither what was reviewed nor what quarantine left; or a read that lags behind. */
async function look(
  { entity, entityName, policyName }: InlinePolicyTarget,
  task: DecidedTask,
  tools: ContainmentTools,
): Promise<{ current: string | undefined; isOther: boolean }> {
  const current = await orMissing(tools.iam.getInlinePolicy(entity, entityName, policyName));
  const isOurs =
    current === undefined || current === task.document || (await isLeftByQuarantine(current, task, tools));
  return { current, isOther: !isOurs };
}

/**
 * What quarantine left there; where it could leave nothing, what would have been right. What stood there before is
 * written again only if it still may be.
 *
 * @returns undefined where it is to be left as it is
 */
async function leftStanding(
  task: DecidedTask,
  current: string,
  tools: ContainmentTools,
): Promise<string | undefined> {
  const { containment, document } = task;
  const stands = containment.type === 'inline-policy' ? containment.stands : undefined;
  if (stands === undefined) return placeholderOf(document).text;
  const left = unpack(stands);
  if (!isBefore(task) || (await mayStand(left, task, tools))) return left;
  return sameText(current, left) ? undefined : placeholderOf(left, document).text;
}

async function mayStand(
  left: string,
  { change: { accountId, target }, principal }: DecidedTask,
  { iam, evaluate, ledger }: Pick<ContainmentTools, 'iam' | 'evaluate' | 'ledger'>,
): Promise<boolean> {
  const id = await readId(target, iam);
  if (id !== principal?.id) return false;
  const approval = await ledger.findApproval(targetKey(accountId, target), sha256(left));
  return mayStandAgain({ document: left, approval }, id, evaluate).isBefore !== undefined;
}

function isBefore({ containment }: DecidedTask): boolean {
  return containment.type === 'inline-policy' && containment.isBefore !== undefined;
}

/**
 * Quarantine has deleted it, or the first try of this; else somebody else has.
 *
 * @throws NotFoundError when its holder is not there
 */
async function alreadyDeleted(
  { entity, entityName }: InlinePolicyTarget,
  { containment, retryCount }: DecidedTask,
  what: string,
  { iam }: ContainmentTools,
): Promise<DiscardResult> {
  await iam.getHolder(entity, entityName);
  const ours = containment.type === 'inline-policy' && containment.deleted === true;
  if (!ours && retryCount === 0) throw new NotFoundError(`${what} is not there.`);
  return { detail: `${what} is deleted for good.` };
}

/** Another request on the same policy that may yet be restored: deleting the placeholder would make it `gone`. */
async function otherRequest(task: DecidedTask, { ledger }: ContainmentTools): Promise<string | undefined> {
  const key = targetKey(task.change.accountId, task.change.target);
  const others = await ledger.listByTarget(key, MOST_REQUESTS);
  const waits = ({ status, decision }: ApprovalRequest) =>
    status !== 'closed' && (decision === undefined || decision.decision === 'approved');
  return others.find((request) => request.id !== task.requestId && waits(request))?.id;
}
