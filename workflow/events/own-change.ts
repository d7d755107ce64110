import type { CloudTrailRecord } from './cloudtrail-record.ts';

/**
 * Whether the guard itself made this change: a session of exactly the role that may write IAM for the guard, in
 * that role's own account. Whatever is missing or different makes it somebody else's change, which is never
 * skipped. The session's own ARN and names prove nothing: they hold the role's name without its path, and a name
 * that the caller chose.
 *
 * @param containRoleArn ARN of the `contain` function's role, e.g. `arn:aws:iam::123456789012:role/contain`
 */
export function isOwnChange(record: CloudTrailRecord, containRoleArn: string): boolean {
  const identity = record.userIdentity;
  const issuer = identity?.sessionContext?.sessionIssuer;
  const account = containRoleArn.split(':')[4];
  return (
    identity?.type === 'AssumedRole' &&
    issuer?.type === 'Role' &&
    issuer.arn === containRoleArn &&
    account !== undefined &&
    account !== '' &&
    issuer.accountId === account &&
    identity.accountId === account &&
    record.recipientAccountId === account
  );
}
