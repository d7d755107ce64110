import {
  type IAMClient,
  type ListEntitiesForPolicyResponse,
  paginateListEntitiesForPolicy,
} from '@aws-sdk/client-iam';
import type { Member } from './iam.ts';

/** More than anybody reads; a policy may be attached to thousands of roles. */
const MOST_TOLD = 100;

/** With names of 128 characters these take 35 KB: a state of the state machine holds 256 KB, most of it documents. */
export const MOST_COMPARED = 200;

/** A policy is attached to so many that a list of them could not be compared. */
export class TooManyError extends Error {
  override name = 'TooManyError';
}

/** See `IamReader.listAttachedTo`. */
export async function listAttachedTo(client: IAMClient, policyArn: string): Promise<string[]> {
  const found = (await attachedUpTo(client, policyArn, MOST_TOLD)).map(({ name }) => name);
  return found.length > MOST_TOLD ? [...found.slice(0, MOST_TOLD), '… and more'] : found;
}

/** See `IamReader.listHolders`. */
export async function listHolders(client: IAMClient, policyArn: string): Promise<Member[]> {
  const found = await attachedUpTo(client, policyArn, MOST_COMPARED);
  if (found.length > MOST_COMPARED) {
    throw new TooManyError(`${policyArn} is attached to more than ${MOST_COMPARED} users, groups and roles.`);
  }
  return found.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** @returns at least one more than `most` when there are more */
async function attachedUpTo(client: IAMClient, PolicyArn: string, most: number): Promise<Member[]> {
  const found: Member[] = [];
  // A permissions boundary grants nothing, and is no attachment.
  const input = { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' } as const;
  for await (const page of paginateListEntitiesForPolicy({ client }, input)) {
    found.push(...membersOf(page));
    if (found.length > most) break;
  }
  return found;
}

function membersOf(page: ListEntitiesForPolicyResponse): Member[] {
  const { PolicyUsers = [], PolicyGroups = [], PolicyRoles = [] } = page;
  return [
    ...PolicyUsers.map(({ UserName, UserId = '' }) => ({ name: `user/${UserName}`, id: UserId })),
    ...PolicyGroups.map(({ GroupName, GroupId = '' }) => ({ name: `group/${GroupName}`, id: GroupId })),
    ...PolicyRoles.map(({ RoleName, RoleId = '' }) => ({ name: `role/${RoleName}`, id: RoleId })),
  ];
}
