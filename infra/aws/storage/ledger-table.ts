import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { TABLE } from '../../../workflow/ledger/table.ts';

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** Requests, decisions and the audit trail. It outlives the stack: in it are the documents that were held. */
export class LedgerTable extends Table {
  /** The index over requests by status and over the audit trail. */
  readonly indexArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: key(TABLE.partitionKey),
      sortKey: key(TABLE.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { name, partitionKey, sortKey } = TABLE.index;
    this.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: key(partitionKey),
      sortKey: key(sortKey),
      projectionType: ProjectionType.ALL,
    });
    this.indexArn = `${this.tableArn}/index/${name}`;
  }
}
