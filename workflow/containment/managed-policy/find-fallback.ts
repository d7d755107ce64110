import { sha256 } from '../../documents/packed-document.ts';
import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { versionNumber } from '../../iam/version-number.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { ContainmentTools } from '../change-kind.ts';
import type { ReadVersion } from './versions.ts';

/**
 * The newest version from before the changed one that may be in force in its place: it grants no restricted
 * action, or exactly its document was approved on this policy, and it is not itself under review.
 *
 * @param versions of the policy, newest first
 */
export async function findFallback(
  change: Change & { target: ManagedPolicyTarget },
  versions: readonly ReadVersion[],
  { lookups, isHarmless }: Pick<ContainmentTools, 'lookups' | 'isHarmless'>,
): Promise<ReadVersion | undefined> {
  const { policyArn, versionId } = change.target;
  const earlier = versions.filter((version) => versionNumber(version.versionId) < versionNumber(versionId));
  if (earlier.length === 0) return undefined;
  const underReview = await lookups.versionsUnderReview(policyArn);
  for (const version of earlier) {
    if (underReview.includes(version.versionId)) continue;
    if (isHarmless(version.document)) return version;
    const key = targetKey(change.accountId, change.target);
    if (await lookups.approvalOf(key, sha256(version.document))) return version;
  }
  return undefined;
}
