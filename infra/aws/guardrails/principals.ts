import { GUARD_PATH } from '../names.ts';
import type { GuardrailPlace } from './place.ts';

/** ARNs of those who may do what others may not, and of the roles with which CDK deploys. */
export interface Principals {
  operator: string;
  /** Every role of the guard itself; nobody else can make a role on their path. */
  guard: string;
  /** CloudFormation's own role, with which it makes and changes what is in the stack. */
  execution: string;
  /** Asks CloudFormation for a deployment. */
  deploy: string;
  /** Brings the code to the bucket from which CloudFormation takes it. */
  publishing: string;
  /** All roles of the bootstrap, as one pattern. */
  bootstrap: string;
}

/** Source of the roles' names: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export function principalsOf({
  account,
  partition,
  region,
  qualifier,
  operator,
}: GuardrailPlace): Principals {
  const role = (name: string) => `arn:${partition}:iam::${account}:role${name}`;
  const bootstrap = (kind: string) => role(`/cdk-${qualifier}-${kind}-${account}-${region}`);
  return {
    operator,
    guard: role(`${GUARD_PATH}*`),
    execution: bootstrap('cfn-exec-role'),
    deploy: bootstrap('deploy-role'),
    publishing: bootstrap('file-publishing-role'),
    bootstrap: bootstrap('*'),
  };
}
