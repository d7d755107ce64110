import { versionNumber } from '../../account/iam/version-number.ts';
import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { writesDocument } from '../../events/watched-calls.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import type { Containment } from '../../ledger/request.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { KnownBefore } from '../known-before.ts';
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

interface Versions {
  /** Of the policy, newest first. */
  versions: readonly ReadVersion[];
  /** The ids of those that requests wait for. */
  underReview: Promise<readonly string[]>;
  /** What the inventory knows to have been in force before the change. */
  stood: Promise<Pick<KnownBefore, 'document'> | undefined>;
}

/**
 * What was in force before the change, where that is known, else the newest version from before the changed one, that
 * grants no restricted action, or exactly whose document was approved on this policy; only where there is none, one
 * that grants nothing but what is observed. Never one that is itself under review, and none that would open what a
 * version between it and the change has closed.
 */
export async function findFallback(
  target: ManagedPolicyTarget,
  change: Change,
  { versions, underReview: asked, stood }: Versions,
  { lookups, evaluate }: Pick<PlanTools, 'lookups' | 'evaluate'>,
): Promise<Earlier> {
  const others = versions.filter(({ versionId }) => versionId !== target.versionId);
  if (others.length === 0) return {};
  const key = targetKey(change.accountId, target);
  // Asked side by side: a ledger that does not answer costs its time-out once, not once a version.
  const [underReview, before, ...found] = await Promise.all([
    asked,
    stood,
    ...others.map(async (version): Promise<Fallback | undefined> => {
      const evaluation = evaluate(version.document);
      if (evaluation === 'harmless') return { version };
      const approval = await lookups.approvalOf(key, sha256(version.document));
      if (approval !== undefined) return { version, grants: 'approved' };
      return evaluation === 'observed' ? { version, grants: 'observed' } : undefined;
    }),
  ]);
  // By its document, for a policy that was made again under its ARN has other versions of the same name. What is under
  // review was not in force before the change: the guard has seen to that.
  const free = others.filter(({ versionId }) => !underReview.includes(versionId));
  const known = free.find(({ document }) => document === before?.document);
  const older = free.filter((each) => each !== known && isOlder(each, target));
  const isClosing = (version: ReadVersion) =>
    closing(version, change, known, older).every((each) => keepsDenies(version.document, each.document));
  const mayStand = [...(known === undefined ? [] : [known]), ...older]
    .filter(isClosing)
    .flatMap((version) => found.find((each) => each?.version === version) ?? []);
  const fallback = mayStand.find(({ grants }) => grants !== 'observed') ?? mayStand[0];
  if (fallback !== undefined) return { fallback };
  const last = known ?? (writesDocument(change) ? older[0] : undefined);
  return last === undefined ? {} : { before: last };
}

function isOlder({ versionId }: ReadVersion, target: ManagedPolicyTarget): boolean {
  return versionNumber(versionId) < versionNumber(target.versionId);
}

/**
 * Whose Denies a version has to have. Where it is not known what was in force: the newest earlier version most probably
 * was before a change that created its version; after one that went back to a version, nothing tells.
 */
function closing(
  version: ReadVersion,
  change: Change,
  known: ReadVersion | undefined,
  older: readonly ReadVersion[],
): readonly ReadVersion[] {
  if (known !== undefined) return version === known ? [] : [known];
  return writesDocument(change) ? older.slice(0, older.indexOf(version)) : [];
}
