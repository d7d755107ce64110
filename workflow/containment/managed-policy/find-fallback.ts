import { versionNumber } from '../../account/iam/version-number.ts';
import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import type { Containment } from '../../ledger/request.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { ContainmentTools } from '../tasks.ts';
import type { ReadVersion } from './versions.ts';

/** What quarantine left in force instead of a version. */
export type InForceInstead = Extract<Containment, { type: 'managed-policy' }>;

/** An earlier version that may be in force instead, and why it may, where it grants something restricted. */
export interface Fallback extends Pick<InForceInstead, 'inForceGrants'> {
  version: ReadVersion;
}

/** The part of a containment that says so. */
export function whyInForce(fallback: Fallback | undefined): Pick<InForceInstead, 'inForceGrants'> {
  const grants = fallback?.inForceGrants;
  return grants === undefined ? {} : { inForceGrants: grants };
}

/**
 * The newest version from before the changed one that grants no restricted action, or exactly whose document was
 * approved on this policy; only where there is none, the newest that grants nothing but what is observed. Never one
 * that is itself under review.
 *
 * @param versions of the policy, newest first
 */
export async function findFallback(
  target: ManagedPolicyTarget,
  { accountId }: Change,
  versions: readonly ReadVersion[],
  { lookups, evaluate }: Pick<ContainmentTools, 'lookups' | 'evaluate'>,
): Promise<Fallback | undefined> {
  const { policyArn, versionId } = target;
  const earlier = versions.filter((version) => versionNumber(version.versionId) < versionNumber(versionId));
  if (earlier.length === 0) return undefined;
  const key = targetKey(accountId, target);
  // Asked side by side: a ledger that does not answer costs its time-out once, not once a version.
  const [underReview, ...found] = await Promise.all([
    lookups.versionsUnderReview(policyArn),
    ...earlier.map(async (version): Promise<Fallback | undefined> => {
      const evaluation = evaluate(version.document);
      if (evaluation === 'harmless') return { version };
      const approval = await lookups.approvalOf(key, sha256(version.document));
      if (approval !== undefined) return { version, inForceGrants: 'approved' };
      return evaluation === 'observed' ? { version, inForceGrants: 'observed' } : undefined;
    }),
  ]);
  const free = found.filter((each) => each !== undefined && !underReview.includes(each.version.versionId));
  return free.find((each) => each?.inForceGrants !== 'observed') ?? free[0];
}
