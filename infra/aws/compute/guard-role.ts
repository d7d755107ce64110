import { type IPrincipal, type PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { GUARD_PATH } from '../names.ts';

interface GuardRoleProps {
  assumedBy: IPrincipal;
  description: string;
  /** Exactly what the role may do; nothing is added to it elsewhere but by the services that AWS requires. */
  statements?: readonly PolicyStatement[];
}

/** A role on the guard's own path, with no managed policy: what it may do is spelled out where it is made. */
export class GuardRole extends Role {
  /** The ARNs of all that there are below a construct by now. */
  static arnsIn(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap((each) => (each instanceof GuardRole ? each.roleArn : []));
  }

  constructor(scope: Construct, id: string, { statements = [], ...props }: GuardRoleProps) {
    super(scope, id, { ...props, path: GUARD_PATH });
    for (const statement of statements) this.addToPolicy(statement);
  }
}
