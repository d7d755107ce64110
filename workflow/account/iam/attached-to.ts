import type { IAMClient } from '@aws-sdk/client-iam';
import { paginateListEntitiesForPolicy } from '@aws-sdk/client-iam';

/** More than anybody reads; a policy may be attached to thousands of roles. */
const MOST_ENTITIES = 100;

/** See `IamReader.listAttachedTo`. */
export async function listAttachedTo(client: IAMClient, PolicyArn: string): Promise<string[]> {
  const found: string[] = [];
  // A permissions boundary grants nothing, and is no attachment.
  const input = { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' } as const;
  for await (const page of paginateListEntitiesForPolicy({ client }, input)) {
    const { PolicyUsers = [], PolicyGroups = [], PolicyRoles = [] } = page;
    found.push(
      ...PolicyUsers.map(({ UserName }) => `user/${UserName}`),
      ...PolicyGroups.map(({ GroupName }) => `group/${GroupName}`),
      ...PolicyRoles.map(({ RoleName }) => `role/${RoleName}`),
    );
    if (found.length > MOST_ENTITIES) return [...found.slice(0, MOST_ENTITIES), '… and more'];
  }
  return found;
}
