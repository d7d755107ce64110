import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { writesDocument } from '../../events/watched-calls.ts';
import { isPlaceholder, sameDocument } from '../compare-documents.ts';
import type { Sighting } from '../settle.ts';
import { settle } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';
import type { Fallback, InForceInstead } from './find-fallback.ts';
import { findFallback, whyInForce } from './find-fallback.ts';
import { takeOutOfForce } from './take-out-of-force.ts';
import { readVersions } from './versions.ts';

/** What stands as default, and whose doing that is. */
interface Look {
  sighting: Sighting;
  defaultVersionId: string;
  /** The default's document is the placeholder. */
  placeholder: boolean;
  /** The default is what an earlier try of ours fell back to. */
  fallback?: Fallback;
}

/**
 * Takes a version out of force. Looks at what is in force before it writes, so that it may be repeated.
 */
export async function quarantineVersion(
  target: ManagedPolicyTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { policyArn, versionId } = target;
  const document = await tools.iam.getPolicyVersion(policyArn, versionId);
  if (task.document !== undefined && !sameDocument(task.document, document)) {
    const detail = `${versionId} holds another document now: the policy was deleted and created again. Nothing was changed.`;
    return { status: 'superseded', detail };
  }
  const seen = await settle(() => look(target, task, tools), tools.pause);
  if (seen.sighting === 'granted') {
    return quarantined(target, document, await takeOutOfForce(target, task.change, tools));
  }
  if (seen.sighting === 'contained') return confirm(target, task, document, seen, tools);
  if (await tools.lookups.isRecorded(task.change.requestId)) {
    return quarantined(target, document, inForceInstead(seen, false));
  }
  const detail = `${seen.defaultVersionId} is in force now, not ${versionId}. Nothing was changed.`;
  return { status: 'superseded', detail };
}

async function look(
  target: ManagedPolicyTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<Look> {
  const { policyArn, versionId } = target;
  const defaultVersionId = await tools.iam.getDefaultVersionId(policyArn);
  if (defaultVersionId === versionId) return { sighting: 'granted', defaultVersionId, placeholder: false };
  const placeholder = isPlaceholder(await tools.iam.getPolicyVersion(policyArn, defaultVersionId));
  if (placeholder) return { sighting: 'contained', defaultVersionId, placeholder };
  const fallback = await ourFallback(target, task, defaultVersionId, tools);
  if (fallback !== undefined) return { sighting: 'contained', defaultVersionId, placeholder, fallback };
  // A default that is newer than a version that the change created certainly came later.
  const later = writesDocument(task.change) && versionNumber(defaultVersionId) > versionNumber(versionId);
  return { sighting: later ? 'replaced' : 'other', defaultVersionId, placeholder };
}

/** Only a second try can find its own fallback; on the first, somebody else went back to that version. */
async function ourFallback(
  target: ManagedPolicyTarget,
  task: QuarantineTask,
  defaultVersionId: string,
  tools: ContainmentTools,
): Promise<Fallback | undefined> {
  if (task.retryCount === 0) return undefined;
  const versions = await readVersions(tools.iam, target.policyArn);
  const fallback = await findFallback(target, task.change, versions, tools);
  return fallback?.version.versionId === defaultVersionId ? fallback : undefined;
}

/** Out of force already, by what was read. A read may lag behind, a write does not: so it is written once more. */
async function confirm(
  target: ManagedPolicyTarget,
  task: QuarantineTask,
  document: string,
  seen: Look,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  await tools.iam.setDefaultPolicyVersion(target.policyArn, seen.defaultVersionId);
  const newer = versionNumber(seen.defaultVersionId) > versionNumber(target.versionId);
  return quarantined(target, document, inForceInstead(seen, task.retryCount > 0 && newer));
}

function inForceInstead(seen: Look, created: boolean): InForceInstead {
  const { defaultVersionId, placeholder, fallback } = seen;
  return {
    type: 'managed-policy',
    inForceVersionId: defaultVersionId,
    ...whyInForce(fallback),
    ...(placeholder && created && { placeholderVersionId: defaultVersionId }),
  };
}

function quarantined(
  target: ManagedPolicyTarget,
  document: string,
  containment: InForceInstead,
): QuarantineResult {
  const { inForceVersionId, placeholderVersionId, archivedVersionId } = containment;
  const what = placeholderVersionId
    ? `${inForceVersionId}, a placeholder that grants nothing,`
    : inForceVersionId;
  const room = archivedVersionId
    ? ` ${archivedVersionId} was archived and deleted to make room: a policy holds five versions.`
    : '';
  const detail = `${what} is in force instead of ${target.versionId}, which is kept.${room}`;
  return { status: 'quarantined', detail, document, containment };
}
