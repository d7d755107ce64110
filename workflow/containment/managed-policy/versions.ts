import type { IamReader, PolicyVersion } from '../../account/iam/iam.ts';
import { versionNumber } from '../../account/iam/version-number.ts';
import { orMissing } from '../or-missing.ts';

/** IAM's quota. */
export const MOST_VERSIONS = 5;

export interface ReadVersion extends PolicyVersion {
  document: string;
}

interface Reading {
  /** Ids of versions that most probably are there: they are read beside the list, not after it. */
  ahead?: readonly string[];
  /** The id of one that nobody needs. */
  except?: string;
}

/** Every version with its document, newest first; one that is deleted meanwhile is left out. */
export async function readVersions(
  iam: IamReader,
  policyArn: string,
  { ahead = [], except }: Reading = {},
): Promise<ReadVersion[]> {
  const read = (versionId: string) => orMissing(iam.getPolicyVersion(policyArn, versionId));
  const early = new Map(ahead.map((versionId) => [versionId, inAdvance(read(versionId))]));
  const versions = (await iam.listPolicyVersions(policyArn)).filter(({ versionId }) => versionId !== except);
  const found = await Promise.all(
    versions.map(async (version) => {
      const document = (await early.get(version.versionId)) ?? (await read(version.versionId));
      return document === undefined ? [] : [{ ...version, document }];
    }),
  );
  return found.flat();
}

/** The ids before this one that a policy most probably still has: IAM numbers them in their order. */
export function idsBefore(versionId: string): string[] {
  const number = versionNumber(versionId);
  const oldest = Math.max(1, number - MOST_VERSIONS + 1);
  return Array.from({ length: number - oldest }, (_, index) => `v${oldest + index}`);
}

/** Begun before it is known whether anybody needs it: that it fails matters only to whoever does. */
export function inAdvance<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined);
  return reading;
}
