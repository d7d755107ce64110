import { Aws } from 'aws-cdk-lib';
import type { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { GUARD_PATH } from '../names.ts';

/** ARN pattern of the guard's own roles, for statements that keep hands off them. */
export const GUARD_ROLE_ARNS = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${GUARD_PATH}*`;

export interface GuardRoleProps {
  assumedBy: IPrincipal;
  description: string;
  /** Exactly what the role may do; nothing is added to it elsewhere but by the services that AWS requires. */
  statements?: readonly PolicyStatement[];
}

/** A role on the guard's own path, with no managed policy: what it may do is spelled out where it is made. */
export class GuardRole extends Role {
  constructor(scope: Construct, id: string, { statements = [], ...props }: GuardRoleProps) {
    super(scope, id, { ...props, path: GUARD_PATH });
    for (const statement of statements) this.addToPolicy(statement);
  }
}
