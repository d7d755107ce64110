import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { pack } from '../../inspection/packed-document.ts';
import type { Plan } from '../../ledger/intents.ts';
import { chooseBefore, plannedBefore, readKnownBefore } from '../known-before.ts';
import { placeholderOf } from '../placeholder.ts';
import type { PlanTools } from '../tasks.ts';
import { findFallback } from './find-fallback.ts';
import { idsBefore, readVersions } from './versions.ts';

export type VersionPlan = Extract<Plan, { type: 'managed-policy' }>;

/** What comes into force instead of a version: an earlier one that may, else a placeholder. */
export async function planVersion(
  target: ManagedPolicyTarget,
  change: Change,
  document: string,
  tools: PlanTools,
  asked = readKnownBefore(change, document, tools),
): Promise<VersionPlan> {
  // Before the policy there was none.
  if (change.eventName === 'CreatePolicy') return placeholderFor(document);
  const ahead = idsBefore(target.versionId);
  // Asked at once: a ledger that does not answer must not cost its time after IAM's.
  const underReview = tools.lookups.versionsUnderReview(target.policyArn);
  const stood = asked.then((known) => known && chooseBefore(known));
  const { policyArn, versionId } = target;
  const versions = await readVersions(tools.iam, policyArn, { ahead, except: versionId });
  const { fallback, before } = await findFallback(target, change, { versions, underReview, stood }, tools);
  const planned = plannedBefore(await asked);
  if (fallback !== undefined) {
    const { version, grants } = fallback;
    const instead = {
      versionId: version.versionId,
      ...(grants !== undefined && { grants }),
      ...(grants === 'approved' && version.document === document && { isIdentical: true }),
    };
    return { type: 'managed-policy', instead, leftOut: [], ...planned };
  }
  return { ...placeholderFor(...(before === undefined ? [] : [before.document]), document), ...planned };
}

function placeholderFor(...documents: string[]): VersionPlan {
  const { text, leftOut } = placeholderOf(...documents);
  return { type: 'managed-policy', instead: { placeholder: pack(text) }, leftOut };
}
