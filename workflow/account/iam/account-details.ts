import { type EntityType, type IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';
import type { DefaultVersion, InlinePolicy } from '../../events/padded-change.ts';
import { holdersOf, policyOf } from './whole-account.ts';

/** The most that IAM gives at once: a step has 60 s for a whole account. */
const PAGE_SIZE = 1_000;

const FILTERS: Readonly<Record<Entity, EntityType>> = { user: 'User', group: 'Group', role: 'Role' };

/** Every inline policy of the account's users, groups or roles. */
export async function listInlinePolicies(client: IAMClient, entity: Entity): Promise<InlinePolicy[]> {
  const found: InlinePolicy[] = [];
  for await (const page of pages(client, FILTERS[entity])) {
    for (const { name, inline } of holdersOf(page)) {
      found.push(...inline.map((policy) => ({ entityName: name, ...policy })));
    }
  }
  return found;
}

/** The name of the user, group or role that has this unique id. @returns undefined when there is none */
export async function findName(client: IAMClient, entity: Entity, id: string): Promise<string | undefined> {
  for await (const page of pages(client, FILTERS[entity])) {
    const found = holdersOf(page).find((holder) => holder.id === id);
    if (found !== undefined) return found.name;
  }
  return undefined;
}

/** The version in force of every customer managed policy. */
export async function listDefaultVersions(client: IAMClient): Promise<DefaultVersion[]> {
  const found: DefaultVersion[] = [];
  for await (const { Policies = [] } of pages(client, 'LocalManagedPolicy')) {
    for (const { arn, versionId, createdAt, document } of Policies.flatMap(policyOf)) {
      found.push({ policyArn: arn, versionId, createdAt, document });
    }
  }
  return found;
}

function pages(client: IAMClient, filter: EntityType) {
  return paginateGetAccountAuthorizationDetails({ client, pageSize: PAGE_SIZE }, { Filter: [filter] });
}
