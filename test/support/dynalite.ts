import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { AwsClientConfig } from '../../workflow/lambda/aws-client.ts';
import { TABLE } from '../../workflow/ledger/table.ts';

export interface LocalTable {
  tableName: string;
  aws: Required<AwsClientConfig>;
  stop(): Promise<void>;
}

/** DynamoDB in memory on a free loopback port, with the ledger's table in it. */
export async function startLocalTable(tableName = 'ledger'): Promise<LocalTable> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const aws = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const client = new DynamoDBClient(aws);
  await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinition() }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01 }, { TableName: tableName });
  client.destroy();
  return { tableName, aws, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function tableDefinition() {
  const { partitionKey, sortKey, index } = TABLE;
  const attributes = [partitionKey, sortKey, index.partitionKey, index.sortKey];
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return {
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keys(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: index.name,
        KeySchema: keys(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'ALL' as const },
      },
    ],
  };
}
