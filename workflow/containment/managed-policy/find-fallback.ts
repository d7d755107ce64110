import { versionNumber } from '../../account/iam/version-number.ts';
import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { writesDocument } from '../../events/watched-calls.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import type { Containment } from '../../ledger/request.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { keepsDenies } from '../placeholder.ts';
import type { PlanTools } from '../tasks.ts';
import type { ReadVersion } from './versions.ts';

/** An earlier version that may be in force instead, and why it may, where it grants something restricted. */
interface Fallback {
  version: ReadVersion;
  grants?: Extract<Containment, { type: 'managed-policy' }>['inForceGrants'];
}

interface Earlier {
  fallback?: Fallback;
  /** What was probably in force before the change and may not be in force now: its Denies stand. */
  before?: ReadVersion;
}

/**
 * The newest version from before the changed one that grants no restricted action, or exactly whose document was
 * approved on this policy; only where there is none, the newest that grants nothing but what is observed. Never one
 * that is itself under review, and none that would open what a version between it and the change has closed.
 *
 * @param versions of the policy, newest first
 * @param asked the ids of those that requests wait for
 */
export async function findFallback(
  target: ManagedPolicyTarget,
  change: Change,
  versions: readonly ReadVersion[],
  asked: Promise<readonly string[]>,
  { lookups, evaluate }: Pick<PlanTools, 'lookups' | 'evaluate'>,
): Promise<Earlier> {
  const all = versions.filter((one) => versionNumber(one.versionId) < versionNumber(target.versionId));
  if (all.length === 0) return {};
  const key = targetKey(change.accountId, target);
  // Asked side by side: a ledger that does not answer costs its time-out once, not once a version.
  const [underReview, ...found] = await Promise.all([
    asked,
    ...all.map(async (version): Promise<Fallback | undefined> => {
      const evaluation = evaluate(version.document);
      if (evaluation === 'harmless') return { version };
      const approval = await lookups.approvalOf(key, sha256(version.document));
      if (approval !== undefined) return { version, grants: 'approved' };
      return evaluation === 'observed' ? { version, grants: 'observed' } : undefined;
    }),
  ]);
  // What is under review was not in force before the change: the guard has seen to that.
  const earlier = all.filter((version) => !underReview.includes(version.versionId));
  const free = found.filter((each) => each !== undefined && earlier.includes(each.version));
  const closes = (each: Fallback | undefined) =>
    each !== undefined && keepsClosed(each.version, change, earlier);
  const fallback =
    free.find((each) => each?.grants !== 'observed' && closes(each)) ?? free.find((each) => closes(each));
  if (fallback !== undefined) return { fallback };
  const before = writesDocument(change) ? earlier[0] : undefined;
  return before === undefined ? {} : { before };
}

/**
 * The newest earlier version was most probably in force before a change that created its version; after one that
 * went back to a version, nothing tells.
 */
function keepsClosed(version: ReadVersion, change: Change, earlier: readonly ReadVersion[]): boolean {
  if (!writesDocument(change)) return true;
  const skipped = earlier.slice(0, earlier.indexOf(version));
  return skipped.every((each) => keepsDenies(version.document, each.document));
}
