import type { Target } from '../events/change.ts';

/**
 * Names what a grant sits on, without the version: the key for approvals and pending requests.
 * Entity and policy names match without regard to case in IAM, so the key is lower case.
 */
export function targetKey(accountId: string, target: Target): string {
  switch (target.type) {
    case 'managed-policy':
      return `managed|${target.policyArn}`.toLowerCase();
    case 'inline-policy':
      return `inline|${accountId}|${target.entity}|${target.entityName}|${target.policyName}`.toLowerCase();
    case 'attachment':
      return `attachment|${accountId}|${target.entity}|${target.entityName}|${target.policyArn}`.toLowerCase();
  }
}
