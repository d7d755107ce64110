import { LimitExceededError } from '../../account/iam/iam.ts';
import type { Change, ManagedPolicyTarget } from '../../events/change.ts';
import { isPlaceholder } from '../compare-documents.ts';
import { PLACEHOLDER } from '../placeholder.ts';
import type { ContainmentTools } from '../tasks.ts';
import type { InForceInstead } from './find-fallback.ts';
import { findFallback, whyInForce } from './find-fallback.ts';
import { makeRoom } from './make-room.ts';
import { readVersions } from './versions.ts';

/**
 * Puts something harmless in force instead of the changed version, which stays: the fallback version, else a
 * placeholder version that is there already (so that a version put back while its request waits leads to what
 * quarantine left before), else a new one.
 */
export async function takeOutOfForce(
  target: ManagedPolicyTarget,
  change: Change,
  tools: ContainmentTools,
): Promise<InForceInstead> {
  const { policyArn, versionId } = target;
  const versions = await readVersions(tools.iam, policyArn);
  const fallback = await findFallback(target, change, versions, tools);
  const instead =
    fallback?.version ??
    versions.find((version) => version.versionId !== versionId && isPlaceholder(version.document));
  if (instead === undefined) return createPlaceholder(target, tools);
  await tools.iam.setDefaultPolicyVersion(policyArn, instead.versionId);
  return { type: 'managed-policy', inForceVersionId: instead.versionId, ...whyInForce(fallback) };
}

async function createPlaceholder(
  { policyArn, versionId }: ManagedPolicyTarget,
  tools: ContainmentTools,
): Promise<InForceInstead> {
  try {
    return placed(await tools.iam.createDefaultPolicyVersion(policyArn, PLACEHOLDER));
  } catch (error) {
    if (!(error instanceof LimitExceededError)) throw error;
  }
  const versions = await readVersions(tools.iam, policyArn);
  // The SDK repeats a call whose answer was lost: the first one may have created the fifth version.
  const own = versions.find((version) => version.isDefault && isPlaceholder(version.document));
  if (own !== undefined) return placed(own.versionId);
  const archivedVersionId = await makeRoom(policyArn, versionId, versions, tools);
  const created = await tools.iam.createDefaultPolicyVersion(policyArn, PLACEHOLDER);
  return { ...placed(created), archivedVersionId };
}

function placed(placeholderVersionId: string): InForceInstead {
  return { type: 'managed-policy', inForceVersionId: placeholderVersionId, placeholderVersionId };
}
