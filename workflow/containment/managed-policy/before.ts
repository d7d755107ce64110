import type { IamReader } from '../../account/iam/iam.ts';
import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import type { Containment } from '../../ledger/request.ts';
import { isPlaceholderOf } from '../placeholder.ts';
import type { Before } from '../tasks.ts';
import { readVersions } from './versions.ts';

/** For a change that created its version: most often the version before it was the default. */
export async function readNewestEarlier(
  { policyArn, versionId }: ManagedPolicyTarget,
  iam: IamReader,
): Promise<Before | undefined> {
  const versions = await readVersions(iam, policyArn);
  const newest = versions.find(
    (version) =>
      versionNumber(version.versionId) < versionNumber(versionId) &&
      !isPlaceholder(version.document, versions),
  );
  return newest && { label: `${newest.versionId}, the newest earlier version`, document: newest.document };
}

/** For a change that went back to a version: nothing tells which one it left, but one is in force meanwhile. */
export async function readInForceMeanwhile(
  { policyArn }: ManagedPolicyTarget,
  containment: Containment,
  iam: IamReader,
): Promise<Before | undefined> {
  if (containment.type !== 'managed-policy') return undefined;
  const { inForceVersionId } = containment;
  const document = await iam.getPolicyVersion(policyArn, inForceVersionId);
  const versions = await readVersions(iam, policyArn);
  return isPlaceholder(document, versions)
    ? undefined
    : { label: `${inForceVersionId}, in force meanwhile`, document };
}

/** Of any version that is there: the one whose place it took may be another than the changed one. */
function isPlaceholder(document: string, versions: readonly { document: string }[]): boolean {
  return versions.some(
    (version) => version.document !== document && isPlaceholderOf(document, version.document),
  );
}
