import { LimitExceededError } from '../../account/iam/iam.ts';
import type { ContainmentTools } from '../tasks.ts';
import { makeRoom } from './make-room.ts';
import { MOST_VERSIONS, readVersions } from './versions.ts';

/**
 * Creates a version with this document as the default.
 *
 * @returns its id; undefined when there is no room for it, and no version that may be given up
 */
export async function createAnew(
  policyArn: string,
  document: string,
  tools: ContainmentTools,
): Promise<string | undefined> {
  try {
    return await tools.iam.createDefaultPolicyVersion(policyArn, document);
  } catch (error) {
    if (!(error instanceof LimitExceededError)) throw error;
  }
  const [versions, underReview] = await Promise.all([
    readVersions(tools.iam, policyArn),
    tools.lookups.versionsUnderReview(policyArn),
  ]);
  const spare = versions.filter(({ versionId, isDefault }) => !isDefault && !underReview.includes(versionId));
  if (versions.length < MOST_VERSIONS || spare.length === 0) return undefined;
  await makeRoom(policyArn, '', spare, tools);
  return tools.iam.createDefaultPolicyVersion(policyArn, document);
}
