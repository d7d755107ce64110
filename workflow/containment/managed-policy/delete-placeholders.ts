import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { orMissing } from '../or-missing.ts';
import { isPlaceholderOf } from '../placeholder.ts';
import type { ContainmentTools, DecidedTask } from '../tasks.ts';
import { readVersions } from './versions.ts';

/**
 * Deletes the placeholders of a request that are not in force: the one that quarantine created and, where an event came
 * twice at once, that of the other execution.
 *
 * @returns the ids of the versions that are gone now
 */
export async function deletePlaceholders(
  { policyArn, versionId }: ManagedPolicyTarget,
  { containment, document }: DecidedTask,
  { iam }: ContainmentTools,
): Promise<string[]> {
  if (containment.type !== 'managed-policy' || containment.placeholderVersionId === undefined) return [];
  const { stands, placeholderVersionId } = containment;
  const isOwn = (there: string) => isPlaceholderOf(there, document) || sha256(there) === stands?.sha256;
  const versions = await readVersions(iam, policyArn);
  const made = versions.filter(
    // Quarantine makes its own after the version that it is about; an older one stood there before the change.
    (one) => !one.isDefault && versionNumber(one.versionId) > versionNumber(versionId) && isOwn(one.document),
  );
  await Promise.all(made.map((one) => orMissing(iam.deletePolicyVersion(policyArn, one.versionId))));
  const there = versions.map((one) => one.versionId);
  // An earlier try may have come so far.
  const before = there.includes(placeholderVersionId) ? [] : [placeholderVersionId];
  return [...before, ...made.map((one) => one.versionId)];
}
