import { Aws } from 'aws-cdk-lib';
import { GUARD_ROLE_ARNS } from '../compute/guard-role.ts';

/** ARNs of what the functions may touch. */
export interface GuardedResources {
  table: string;
  /** The table's index over requests by status. */
  index: string;
  slackSecret: string;
  linkSecret: string;
  topic: string;
  topicKey: string;
}

const iam = (account: string, resource: string) => `arn:${Aws.PARTITION}:iam::${account}:${resource}`;

/** The guard watches the whole account, so its IAM permissions name kinds of things, not things. */
export const ACCOUNT_POLICIES = iam(Aws.ACCOUNT_ID, 'policy/*');
export const AWS_MANAGED_POLICIES = iam('aws', 'policy/*');
export const USERS = iam(Aws.ACCOUNT_ID, 'user/*');
export const GROUPS = iam(Aws.ACCOUNT_ID, 'group/*');
export const ROLES = iam(Aws.ACCOUNT_ID, 'role/*');
export const OWN_ROLES = GUARD_ROLE_ARNS;
