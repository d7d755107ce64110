import { PLACEHOLDER } from '../../../../workflow/containment/placeholder.ts';
import type { PolicyState, RequestState } from '../../api/contract.ts';

/** Whether a document is the one that quarantine puts in force. */
export function isPlaceholder(document: string): boolean {
  return document === PLACEHOLDER;
}

/** The version of a policy that waits for a decision, if one does. */
export function versionUnderReview(
  policy: Pick<PolicyState, 'arn'>,
  requests: readonly Pick<RequestState, 'status' | 'policyArn' | 'change'>[],
): string | undefined {
  const waiting = requests.find(
    ({ status, policyArn, change }) =>
      status === 'pending' && policyArn === policy.arn && change.target.type === 'managed-policy',
  );
  return waiting?.change.target.type === 'managed-policy' ? waiting.change.target.versionId : undefined;
}
