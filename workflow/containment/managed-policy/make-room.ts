import { pack } from '../../inspection/packed-document.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools } from '../tasks.ts';
import type { ReadVersion } from './versions.ts';

/** Every version is the default or the changed one: there is nothing that may make room. */
class NoVersionToSpareError extends Error {
  override name = 'NoVersionToSpareError';
}

/**
 * Five versions already: archives the oldest one that may go into the ledger, then deletes it. One under review
 * goes only when there is no other, because leaving the grant in force would be worse; its document is in the
 * ledger with its request.
 *
 * @returns the id of the version that was deleted
 */
export async function makeRoom(
  policyArn: string,
  changedVersionId: string,
  versions: readonly ReadVersion[],
  { iam, lookups, now }: ContainmentTools,
): Promise<string> {
  const underReview = await lookups.versionsUnderReview(policyArn);
  const oldestFirst = versions.toReversed();
  const candidates = oldestFirst.filter((one) => !one.isDefault && one.versionId !== changedVersionId);
  const chosen = candidates.find((one) => !underReview.includes(one.versionId)) ?? candidates[0];
  if (chosen === undefined) {
    throw new NoVersionToSpareError(
      `No version of ${policyArn} can be deleted to make room for the placeholder; take ${changedVersionId} out of force by hand.`,
    );
  }
  await lookups.archive(policyArn, chosen.versionId, pack(chosen.document), now().toISOString());
  await orMissing(iam.deletePolicyVersion(policyArn, chosen.versionId));
  return chosen.versionId;
}
