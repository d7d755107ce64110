import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { createLedgerTable } from '../../infra/sandbox/aws/dynamodb/create-table.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';

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
  await createLedgerTable(tableName, aws);
  return { tableName, aws, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
