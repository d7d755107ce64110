/** Where the guard is deployed, by whom, and who may break the glass: all that the guardrails have to know. */
export interface GuardrailPlace {
  /** 12 digits. */
  account: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  region: string;
  /** Of the CDK bootstrap that the guard is deployed with: `hnb659fds` unless there is one of its own. */
  qualifier: string;
  /** The stack that `cdk bootstrap` made. */
  toolkitStack: string;
  /** ARN of the operator's role; a pattern only where nobody but IAM Identity Center can make what matches it. */
  operator: string;
  /** The id of the HTTP API, known once the guard is deployed. */
  apiId?: string;
}

/** The qualifier of every bootstrap that was given none; all CDK apps of the account share its roles. */
export const SHARED_QUALIFIER = 'hnb659fds';

/** True where the roles with which CDK deploys are used by other apps too. */
export function isShared({ qualifier }: GuardrailPlace): boolean {
  return qualifier === SHARED_QUALIFIER;
}
