import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

interface GuardLogGroupProps {
  /** What logs here, e.g. `inspect`. */
  name: string;
  /**
   * True for logs that an AWS service delivers by itself. Their names start with `/aws/vendedlogs/`, which keeps
   * the account's resource policy for log delivery under its 5,120 characters.
   * Source: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
   */
  vended?: boolean;
}

/** A log with a name that says whose it is. It goes with the stack: the audit trail that stays is the ledger. */
export class GuardLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, { name, vended = false }: GuardLogGroupProps) {
    super(scope, id, {
      logGroupName: `${vended ? '/aws/vendedlogs' : ''}/${Aws.STACK_NAME}/${name}`,
      // A year: longer than the longest wait that a request can have.
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
