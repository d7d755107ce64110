import type { HolderInForce, PolicyInForce, WholeAccount } from '../account/iam/whole-account.ts';
import type { Target } from '../events/change.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';

/** A grant as one reading of the account shows it. */
export interface SeenGrant {
  key: string;
  target: Target;
  /** What it is judged by. */
  document: string;
  sha256: string;
  /** Since when, where IAM tells. */
  since?: string;
}

/** A principal or policy as one reading of the account shows it. */
export interface Seen extends Omit<InventoryEntry, 'grants' | 'trust'> {
  /** When it was made; only a reading of everything tells. */
  madeAt?: string;
  trust?: string;
  grants: SeenGrant[];
}

/** Everything that is in force, by who holds it. AWS's own policies are the business of whoever attaches them. */
export function seenIn({ policies, holders }: WholeAccount, accountId: string): Seen[] {
  const known = new Map(policies.map((policy) => [policy.arn, policy]));
  const holdersOf = gather(
    holders.flatMap(({ kind, name, attached }) => attached.map((arn) => [arn, `${kind}/${name}`] as const)),
  );
  const usersOf = gather(
    holders.flatMap(({ name, groups }) => groups.map((group) => [group, name] as const)),
  );
  return [
    ...policies
      .filter(({ arn }) => arn.split(':')[4] === accountId)
      .map((policy) => seenPolicy(policy, holdersOf.get(policy.arn) ?? [], accountId)),
    ...holders.map((holder) => seenHolder(holder, usersOf.get(holder.name) ?? [], known, accountId)),
  ];
}

function gather(pairs: (readonly [key: string, value: string])[]): Map<string, string[]> {
  const groups = Map.groupBy(pairs, ([key]) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(([, value]) => value)]));
}

function seenPolicy(policy: PolicyInForce, members: string[], accountId: string): Seen {
  const { arn, id, madeAt, versionId, createdAt, document } = policy;
  const target: Target = { type: 'managed-policy', policyArn: arn, versionId };
  const grant = seenGrant(accountId, target, document);
  return { kind: 'policy', name: arn, id, arn, madeAt, members, grants: [{ ...grant, since: createdAt }] };
}

function seenHolder(
  { kind, id, name, arn, createdAt, trust, inline, attached }: HolderInForce,
  members: string[],
  policies: ReadonlyMap<string, PolicyInForce>,
  accountId: string,
): Seen {
  const held = { entity: kind, entityName: name };
  return {
    ...{ kind, id, name, arn, madeAt: createdAt },
    ...(trust !== undefined && { trust }),
    ...(kind === 'group' && { members }),
    grants: [
      ...inline.map(({ policyName, document }) =>
        seenGrant(accountId, { type: 'inline-policy', ...held, policyName }, document),
      ),
      ...attached.map((policyArn) => {
        const { id, document = '' } = policies.get(policyArn) ?? {};
        const target: Target = { type: 'attachment', ...held, policyArn };
        return { ...seenGrant(accountId, target, document), sha256: attachmentHash(policyArn, id) };
      }),
    ],
  };
}

/** AWS changes documents of its own policies, so that an attachment goes by which policy it is. @param id `ANPA…` */
export function attachmentHash(policyArn: string, id: string | undefined): string {
  return sha256(JSON.stringify([policyArn, id]));
}

/** Of a grant as the inventory keeps it. @param document what it grants @param principal whom it serves */
export function grantHashOf(
  target: Target,
  document: string,
  { policyId }: Pick<Principal, 'policyId'>,
): string {
  return target.type === 'attachment' ? attachmentHash(target.policyArn, policyId) : sha256(document);
}

/** @param document the one in force */
export function seenGrant(accountId: string, target: Target, document: string): SeenGrant {
  return { key: targetKey(accountId, target), target, document, sha256: sha256(document) };
}
