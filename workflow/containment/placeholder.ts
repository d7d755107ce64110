/**
 * Grants nothing and denies nothing else: `none:null` is no action. A `Deny *` would cut off every principal that
 * the policy is attached to.
 */
export const PLACEHOLDER =
  '{"Version":"2012-10-17","Statement":[{"Sid":"QuarantinedByPolicyGuard","Effect":"Deny","Action":"none:null","Resource":"*"}]}';
