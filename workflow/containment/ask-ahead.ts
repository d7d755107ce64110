import type { AttachmentTarget, Change } from '../events/change.ts';
import { targetKey } from '../ledger/target-key.ts';
import { approvalKeys } from './approval-keys.ts';
import type { LedgerLookups } from './ledger-lookups.ts';

/**
 * Asks the ledger at once what it knows of an attachment, while IAM is asked what the policy grants. Of approvals it can
 * tell by then which documents there may be any of: of all others there is none.
 *
 * @returns the ledger's help, which knows the answers
 */
export function askAhead(
  change: Change & { target: AttachmentTarget },
  lookups: LedgerLookups,
): LedgerLookups {
  const { accountId, target } = change;
  const key = targetKey(accountId, target);
  const policy = { type: 'managed-policy', policyArn: target.policyArn, versionId: '' } as const;
  const holder = lookups.inventoryNamed(target);
  const granted = lookups.inventoryNamed(policy);
  const former = lookups.formerHolder(change);
  const intents = lookups.intents(key);
  const reviewed = new Map(approvalKeys(change).map((each) => [each, lookups.reviewedOn(each)]));
  const isHolder = (other: unknown) => other === target;
  return {
    ...lookups,
    inventoryNamed: (other) => (isHolder(other) ? holder : lookups.inventoryNamed(other)),
    inventoryOf: async (other) => (isHolder(other) ? (await holder)?.entry : lookups.inventoryOf(other)),
    formerHolder: (other) => (isHolder(other.target) ? former : lookups.formerHolder(other)),
    intents: (other) => (other === key ? intents : lookups.intents(other)),
    approvalOf: async (other, sha256) => {
      const asked = reviewed.get(other);
      if (asked !== undefined && !(await asked)?.has(sha256)) return undefined;
      return lookups.approvalOf(other, sha256);
    },
    stoodBefore: async (other, sha256) => {
      const isPolicy = targetKey(other.accountId, other.target) === targetKey(accountId, policy);
      if (isPolicy && (await granted)?.entry === undefined) return undefined;
      return lookups.stoodBefore(other, sha256);
    },
  };
}
