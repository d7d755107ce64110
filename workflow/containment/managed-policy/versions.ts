import type { IamReader, PolicyVersion } from '../../account/iam/iam.ts';
import { orMissing } from '../or-missing.ts';

/** IAM's quota. */
export const MOST_VERSIONS = 5;

export interface ReadVersion extends PolicyVersion {
  document: string;
}

/** Every version with its document, newest first; one that is deleted meanwhile is left out. */
export async function readVersions(iam: IamReader, policyArn: string): Promise<ReadVersion[]> {
  const versions = await iam.listPolicyVersions(policyArn);
  const read = await Promise.all(
    versions.map(async (version) => {
      const document = await orMissing(iam.getPolicyVersion(policyArn, version.versionId));
      return document === undefined ? [] : [{ ...version, document }];
    }),
  );
  return read.flat();
}
