import type { AttachmentTarget, Change } from '../../events/change.ts';
import { sha256, unpack } from '../../inspection/packed-document.ts';
import { wasAttached } from '../../inventory/was-attached.ts';
import type { Approval } from '../../ledger/decisions.ts';
import type { Intent, PlannedBefore } from '../../ledger/intents.ts';
import type { InventoryEntry } from '../../ledger/inventory.ts';
import type { IsBefore, Principal } from '../../ledger/request.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { bestEffort } from '../../runtime/best-effort.ts';
import { inTime } from '../../runtime/in-time.ts';
import { approvalKeys } from '../approval-keys.ts';
import type { KnownPlace } from '../ledger-lookups.ts';
import { isCarriedOutFor, readPrincipal } from '../principal.ts';
import type { PlanTools } from '../tasks.ts';

type Attaching = Change & { target: AttachmentTarget };

/** What an attachment granted before, where it may stand again. */
interface MayStand {
  /** It grants nothing restricted, or what was approved, but for a version that is judged by itself. */
  isBefore: IsBefore;
  /** With `approved`: that is the version in force, for which the change is asked about. */
  isIdentical?: true;
  document: string;
}

/** What is known of an attachment from before a change attached the policy once more. */
interface Stood extends Partial<MayStand> {
  before?: PlannedBefore;
}

/**
 * Whether a policy was attached before, and what it granted then. Nothing where the ledger does not answer.
 *
 * @param inForce the document that the policy has in force
 * @param served whom the attachment serves, where that is read already
 */
export async function readStood(
  change: Attaching,
  inForce: string,
  tools: PlanTools,
  served?: Promise<Principal | undefined>,
): Promise<Stood> {
  const { accountId, target } = change;
  const { lookups } = tools;
  const policy = { type: 'managed-policy', policyArn: target.policyArn, versionId: '' } as const;
  const hash = sha256(inForce);
  const [principal, entry, intents, place, ...approvals] = await Promise.all([
    readServed(change, tools, served),
    lookups.inventoryOf(target),
    lookups.intents(targetKey(accountId, target)),
    lookups.stoodBefore({ accountId, target: policy }, hash),
    ...approvalKeys(change).map((key) => lookups.approvalOf(key, hash)),
  ]);
  if (principal === undefined || intents === undefined) return {};
  const known: Known = { principal, entry, intents };
  const [putBack, undone] = await Promise.all([
    approvedByItself(change, known, tools),
    isUndone(change, intents, tools),
  ]);
  const before = beforeOf(change, { ...known, intents: undone ? [] : intents }, tools.now());
  const told = { ...(before && { before }) };
  if (putBack === undefined && (before === undefined || before === 'nothing')) return told;
  const isBefore = mayStand(inForce, approvals, principal, tools.evaluate);
  if (isBefore !== undefined) {
    return { ...told, isBefore, document: inForce, ...(isBefore === 'approved' && { isIdentical: true }) };
  }
  return { ...told, ...(putBack ?? (await mayHaveStood(change, { inForce, place, principal }, tools))) };
}

/** Whether a policy may be attached again to one that it was attached to: by what it grants, or as it was approved. */
export function mayStand(
  document: string,
  approvals: readonly (Approval | undefined)[],
  principal: Principal,
  evaluate: PlanTools['evaluate'],
): IsBefore | undefined {
  if (evaluate(document) !== 'restricted') return 'harmless';
  return approvals.some((approval) => isCarriedOutFor(approval, principal)) ? 'approved' : undefined;
}

interface Known {
  principal: Principal;
  entry: InventoryEntry | undefined;
  intents: readonly Intent[];
}

async function readServed(
  change: Attaching,
  { iam, limits, log }: PlanTools,
  served: Promise<Principal | undefined> | undefined,
): Promise<Principal | undefined> {
  const { requestId } = change;
  const why = 'Nothing told whom the attachment serves; going on without what the inventory knows.';
  return bestEffort(log.warn, why, { requestId }, () =>
    inTime(served ?? readPrincipal(change, iam), limits.planMs),
  );
}

/** @returns undefined where it is not known whether it was attached */
function beforeOf(
  change: Attaching,
  { principal, entry, intents }: Known,
  now: Date,
): PlannedBefore | undefined {
  if (entry?.id !== principal.id) return undefined;
  const grant = entry.grants[targetKey(change.accountId, change.target)];
  if (grant === undefined) return 'nothing';
  return wasAttached(change, principal, { entry, intents, now }) ? { since: grant.since } : undefined;
}

/** What the guard has begun on it for other changes, newest first. */
const ofOthers = ({ requestId }: Attaching, intents: readonly Intent[]) =>
  intents.filter((intent) => intent.change.requestId !== requestId);

/** Whether the guard has attached it again after it had detached it last: it was approved, or had stood before that too. */
async function isUndone(
  change: Attaching,
  intents: readonly Intent[],
  { lookups }: PlanTools,
): Promise<boolean> {
  const [newest] = ofOthers(change, intents);
  const request = newest && (await lookups.recorded(newest.change.requestId));
  if (request?.closedAt === undefined) return false;
  const { outcome, containment } = request;
  const hadStood = containment.type === 'attachment' && containment.isBefore !== undefined;
  return outcome === 'approved' || (hadStood && (outcome === 'denied' || outcome === 'expired'));
}

/**
 * Whether the guard itself has attached it, as it was approved for this very one, after it had detached it last; unless
 * the inventory knows better.
 */
async function approvedByItself(
  change: Attaching,
  { principal, entry, intents }: Known,
  { lookups }: PlanTools,
): Promise<MayStand | undefined> {
  const [newest] = ofOthers(change, intents);
  if (newest === undefined || entry?.id === principal.id) return undefined;
  const key = targetKey(change.accountId, change.target);
  const approval = await lookups.approvalOf(key, newest.document.sha256);
  if (approval === undefined || !isCarriedOutFor(approval, principal)) return undefined;
  const at = Date.parse(approval.at);
  const isSince = Date.parse(newest.at) < at && at < Date.parse(change.eventTime);
  return isSince ? { isBefore: 'approved', document: unpack(newest.document) } : undefined;
}

/** What the policy granted before the version that is in force, which nobody has let be yet. */
async function mayHaveStood(
  change: Attaching,
  { inForce, place, principal }: { inForce: string; place: KnownPlace | undefined; principal: Principal },
  { lookups, evaluate }: PlanTools,
): Promise<MayStand | undefined> {
  if (place === undefined || place.id !== principal.policyId) return undefined;
  const key = targetKey(change.accountId, change.target);
  for (const { document, settled, approval } of place.stood) {
    // What is settled and in force is what the policy has granted all along.
    if (settled && document === inForce) return undefined;
    const own = await lookups.approvalOf(key, sha256(document));
    const isBefore = mayStand(document, [approval, own], principal, evaluate);
    if (isBefore !== undefined) return { isBefore, document };
    if (settled) return undefined;
  }
  return undefined;
}
