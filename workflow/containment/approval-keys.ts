import type { Change } from '../events/change.ts';
import { targetKey } from '../ledger/target-key.ts';

/** Where an earlier approval of the same document counts for a change (keys of `targetKey`). */
export function approvalKeys({ accountId, target }: Change): string[] {
  const own = targetKey(accountId, target);
  if (target.type !== 'attachment') return [own];
  return [targetKey(accountId, { type: 'managed-policy', policyArn: target.policyArn, versionId: '' }), own];
}
