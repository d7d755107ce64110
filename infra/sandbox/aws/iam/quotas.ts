import type { Entity } from '../../../../workflow/events/change.ts';
import { limitExceeded } from './errors.ts';
import type { PolicyHolder } from './state.ts';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_SIZE = 6144;
const TRUST_POLICY_SIZE = 2048;
const INLINE_SIZE: Record<Entity, number> = { user: 2048, group: 5120, role: 10_240 };
const ATTACHED = 10;
const QUOTA_NAME: Record<Entity, string> = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
};

/** White space does not count towards the size quotas of policies. */
function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length;
}

/** @throws AwsError `LimitExceeded` */
export function requireManagedPolicySize(document: string): void {
  if (sizeOf(document) > MANAGED_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MANAGED_POLICY_SIZE}`);
  }
}

/** @throws AwsError `LimitExceeded` */
export function requireTrustPolicySize(document: string): void {
  if (sizeOf(document) > TRUST_POLICY_SIZE) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`);
  }
}

/**
 * All inline policies of a user, group or role together must stay within a quota.
 * @throws AwsError `LimitExceeded`
 */
export function requireInlineSize(holder: PolicyHolder, policyName: string, document: string): void {
  const others = [...holder.inline].filter(([name]) => name !== policyName);
  const total = others.reduce((sum, [, other]) => sum + sizeOf(other), sizeOf(document));
  const quota = INLINE_SIZE[holder.type];
  if (total > quota) {
    throw limitExceeded(`Maximum policy size of ${quota} bytes exceeded for ${holder.type} ${holder.name}`);
  }
}

/** @throws AwsError `LimitExceeded` */
export function requireRoomToAttach(holder: PolicyHolder): void {
  if (holder.attached.size >= ATTACHED) {
    throw limitExceeded(`Cannot exceed quota for ${QUOTA_NAME[holder.type]}: ${ATTACHED}`);
  }
}
