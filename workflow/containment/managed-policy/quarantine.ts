import { NotFoundError } from '../../account/iam/iam.ts';
import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { writesDocument } from '../../events/watched-calls.ts';
import { pack, unpack } from '../../inspection/packed-document.ts';
import { begin } from '../begin.ts';
import { sameDocument } from '../compare-documents.ts';
import { isOnLadder, leftOutOf } from '../ladder.ts';
import { orMissing } from '../or-missing.ts';
import { type OwnDoing, ownDoing } from '../own-doing.ts';
import { isPlaceholderOf } from '../placeholder.ts';
import { countPutBacks, tellPutBacks } from '../put-backs.ts';
import { type Sighting, settle } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';
import { endPutBacks } from './end-put-backs.ts';
import { planVersion, type VersionPlan } from './plan-version.ts';
import {
  fallbackInForce,
  type InForceInstead,
  mayHaveMade,
  type Removal,
  readOthers,
  takeOutOfForce,
} from './take-out-of-force.ts';
import { inAdvance, type ReadVersion } from './versions.ts';

/** What stands as default, and whose doing that is. */
interface Look {
  sighting: Sighting;
  defaultVersionId: string;
  /** The default's document, where it is a placeholder of the reviewed one. */
  placeholder?: string;
  /** The default is what an earlier try of ours fell back to. */
  fallback?: InForceInstead;
}

/** A version to be quarantined, with what is known of it. */
interface Quarantine extends Removal {
  task: QuarantineTask;
  own: OwnDoing;
  /** The policy's other versions, where what is to be done was known soon enough to read them beside the rest. */
  others: Promise<ReadVersion[]> | undefined;
}

/**
 * Takes a version out of force. Looks at what is in force before it writes, so that it may be repeated. All that is
 * read before is read side by side, because the grant is in force meanwhile.
 */
export async function quarantineVersion(
  target: ManagedPolicyTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { policyArn, versionId } = target;
  const own = ownDoing(task, tools.lookups);
  const known = task.plan?.type === 'managed-policy' ? task.plan : undefined;
  const others = known && inAdvance(readOthers({ target, plan: known }, tools));
  const inForce = onceThen(inAdvance(tools.iam.getDefaultVersionId(policyArn)), () =>
    tools.iam.getDefaultVersionId(policyArn),
  );
  const document = await readReviewed(target, own, tools);
  if (task.document !== undefined && !sameDocument(task.document, document)) {
    const detail = `${versionId} holds another document now: the policy was deleted and created again. Nothing was changed.`;
    return { status: 'superseded', detail };
  }
  const plan = known ?? (await planVersion(target, task.change, document, tools));
  const quarantine: Quarantine = { target, change: task.change, document, plan, task, own, others };
  const seen = await settle(async () => look(quarantine, await inForce(), tools), tools.pause);
  if (seen.sighting === 'granted') return takeOut(quarantine, tools);
  if (seen.sighting === 'contained') return confirm(quarantine, seen, tools);
  if (await tools.lookups.recorded(task.change.requestId)) {
    const containment = { ...inForceInstead(quarantine, seen, false), ...(await own.tookOut()) };
    return quarantined(target, document, containment);
  }
  const detail = `${seen.defaultVersionId} is in force now, not ${versionId}. Nothing was changed.`;
  return { status: 'superseded', detail };
}

/** A version that was put back again and again is deleted already, when an earlier try has come so far. */
async function readReviewed(
  { policyArn, versionId }: ManagedPolicyTarget,
  own: OwnDoing,
  { iam }: ContainmentTools,
): Promise<string> {
  const document = (await orMissing(iam.getPolicyVersion(policyArn, versionId))) ?? (await own.document());
  if (document === undefined) throw new NotFoundError(`${versionId} of ${policyArn} is not there.`);
  return document;
}

/** What was read already, the first time; read again from then on. */
function onceThen<T>(first: Promise<T>, again: () => Promise<T>): () => Promise<T> {
  let early: Promise<T> | undefined = first;
  return () => {
    const answer = early ?? again();
    early = undefined;
    return answer;
  };
}

async function look(
  { target, task, document, plan, own }: Quarantine,
  defaultVersionId: string,
  tools: ContainmentTools,
): Promise<Look> {
  if (defaultVersionId === target.versionId) return { sighting: 'granted', defaultVersionId };
  const inForce = await tools.iam.getPolicyVersion(target.policyArn, defaultVersionId);
  if (isPlaceholder(inForce, plan, document)) {
    return { sighting: 'contained', defaultVersionId, placeholder: inForce };
  }
  // Only a second try can find its own fallback; on the first, somebody else went back to that version.
  const { instead } = plan;
  if ('versionId' in instead && instead.versionId === defaultVersionId && (await own.isPossible())) {
    return { sighting: 'contained', defaultVersionId, fallback: fallbackInForce(instead) };
  }
  // A default that is newer than a version that the change created certainly came later.
  const later =
    writesDocument(task.change) && versionNumber(defaultVersionId) > versionNumber(target.versionId);
  return { sighting: later ? 'replaced' : 'other', defaultVersionId };
}

function isPlaceholder(inForce: string, { instead }: VersionPlan, document: string): boolean {
  if (isPlaceholderOf(inForce, document)) return true;
  return 'placeholder' in instead && isOnLadder(inForce, unpack(instead.placeholder), document);
}

async function takeOut(quarantine: Quarantine, tools: ContainmentTools): Promise<QuarantineResult> {
  const containment = await begin(quarantine.task, { ...quarantine, tookOut: true }, tools, () =>
    takeOutOfForce(quarantine, tools, quarantine.others),
  );
  return finish(quarantine, { ...containment, tookOut: true }, tools);
}

/** Out of force already, by what was read. A read may lag behind, a write does not: so it is written once more. */
async function confirm(
  quarantine: Quarantine,
  seen: Look,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { target, task, own } = quarantine;
  const seenBefore = await own.tookOut();
  await begin(task, { ...quarantine, ...seenBefore }, tools, () =>
    tools.iam.setDefaultPolicyVersion(target.policyArn, seen.defaultVersionId),
  );
  const created = await mayHaveMade(quarantine, seen.defaultVersionId);
  return finish(quarantine, { ...inForceInstead(quarantine, seen, created), ...seenBefore }, tools);
}

/** Ends a loop of put-backs, whichever of its executions has taken the version out. */
async function finish(
  quarantine: Quarantine,
  containment: InForceInstead,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { target, task, document, own } = quarantine;
  const { tookOut } = containment;
  const seen = await countPutBacks(task, document, own, tookOut === true, tools);
  const again = () =>
    tools.iam
      .setDefaultPolicyVersion(target.policyArn, containment.inForceVersionId)
      .catch(() => takeOutOfForce(quarantine, tools));
  const ended =
    seen !== undefined && (await endPutBacks({ ...quarantine, tookOut }, task, seen, again, tools));
  const result = quarantined(
    target,
    document,
    containment,
    ended ? 'is deleted until it is approved' : undefined,
  );
  return {
    ...result,
    detail: `${result.detail}${tookOut ? tellPutBacks(seen) : ''}`,
    ...(tookOut && seen && { putBacks: seen.putBacks }),
    ...(quarantine.plan.before !== undefined && { before: quarantine.plan.before }),
  };
}

function inForceInstead({ document, plan }: Quarantine, seen: Look, created: boolean): InForceInstead {
  const { defaultVersionId, placeholder, fallback } = seen;
  if (fallback !== undefined) return fallback;
  return {
    type: 'managed-policy',
    inForceVersionId: defaultVersionId,
    ...(placeholder !== undefined && {
      ...(created && { placeholderVersionId: defaultVersionId }),
      stands: pack(placeholder),
      ...leftOutOf(document, placeholder, plan.leftOut),
    }),
  };
}

function quarantined(
  target: ManagedPolicyTarget,
  document: string,
  containment: InForceInstead,
  kept = 'is kept',
): Extract<QuarantineResult, { status: 'quarantined' }> {
  const { inForceVersionId, placeholderVersionId, archivedVersionId } = containment;
  const what = placeholderVersionId
    ? `${inForceVersionId}, a placeholder that grants nothing,`
    : inForceVersionId;
  const room = archivedVersionId
    ? ` ${archivedVersionId} was archived and deleted to make room: a policy holds five versions.`
    : '';
  const detail = `${what} is in force instead of ${target.versionId}, which ${kept}.${room}`;
  return { status: 'quarantined', detail, document, containment };
}
