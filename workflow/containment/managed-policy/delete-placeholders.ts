import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { orMissing } from '../or-missing.ts';
import { isPlaceholderOf } from '../placeholder.ts';
import type { ContainmentTools, DecidedTask } from '../tasks.ts';
import { readVersions } from './versions.ts';

/**
 * Deletes the placeholders of a request: the one that quarantine created and, where an event came twice at once, that of
 * the other execution. What is listed may lag behind what was written.
 *
 * @param inForceVersionId the version that is in force by now, and stays
 * @returns the ids of the versions that are gone now
 */
export async function deletePlaceholders(
  { policyArn, versionId }: ManagedPolicyTarget,
  { containment, document }: DecidedTask,
  inForceVersionId: string,
  { iam }: ContainmentTools,
): Promise<string[]> {
  if (containment.type !== 'managed-policy' || containment.placeholderVersionId === undefined) return [];
  const { stands, placeholderVersionId } = containment;
  const isOwn = (there: string) => isPlaceholderOf(there, document) || sha256(there) === stands?.sha256;
  const versions = await readVersions(iam, policyArn);
  // Quarantine makes its own after the version that it is about; an older one stood there before the change.
  const later = versions.filter((one) => versionNumber(one.versionId) > versionNumber(versionId));
  const own = later.filter((one) => isOwn(one.document)).map((one) => one.versionId);
  const isSomebodyElses = later.some(
    (one) => one.versionId === placeholderVersionId && !own.includes(one.versionId),
  );
  const made = new Set(isSomebodyElses ? own : [placeholderVersionId, ...own]);
  made.delete(inForceVersionId);
  await Promise.all([...made].map((id) => orMissing(iam.deletePolicyVersion(policyArn, id))));
  return [...made];
}
