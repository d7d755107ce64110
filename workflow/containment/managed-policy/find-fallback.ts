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
  const key = targetKey(change.accountId, change.target);
  // Asked side by side: a ledger that does not answer costs its time-out once, not once a version.
  const [underReview, ...may] = await Promise.all([
    lookups.versionsUnderReview(policyArn),
    ...earlier.map(async ({ document }) => {
      return isHarmless(document) || (await lookups.approvalOf(key, sha256(document))) !== undefined;
    }),
  ]);
  return earlier.find((version, index) => may[index] && !underReview.includes(version.versionId));
}
