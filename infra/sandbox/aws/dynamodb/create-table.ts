import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../../../workflow/ledger/table.ts';
import type { AwsClientConfig } from '../../../../workflow/runtime/aws-client.ts';

/** Creates the ledger's table as it is deployed: keys and index from the same definition. */
export async function createLedgerTable(tableName: string, aws: AwsClientConfig): Promise<void> {
  const client = new DynamoDBClient(aws);
  await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinition() }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01 }, { TableName: tableName });
  client.destroy();
}

function tableDefinition(): Omit<CreateTableCommandInput, 'TableName'> {
  const { partitionKey, sortKey, index } = TABLE;
  const attributes = [partitionKey, sortKey, index.partitionKey, index.sortKey];
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keys(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: index.name,
        KeySchema: keys(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}
