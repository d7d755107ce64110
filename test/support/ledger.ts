import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { afterAll } from 'vitest';
import { createLedgerTable } from '../../infra/sandbox/aws/dynamodb/create-table.ts';
import { type Ledger, ledgerOver } from '../../workflow/ledger/ledger.ts';
import { createStore, type Store } from '../../workflow/ledger/store.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { GENEROUS } from './generous.ts';

export interface LocalLedger {
  tableName: string;
  aws: Required<AwsClientConfig>;
  store: Store;
  ledger: Ledger;
  stop(): Promise<void>;
}

/** A ledger over DynamoDB in memory, on a free loopback port. */
export async function startLedger(): Promise<LocalLedger> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const aws = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const tableName = 'ledger';
  await createLedgerTable(tableName, aws);
  const store = createStore(tableName, aws, GENEROUS.ledger);
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { tableName, aws, store, ledger: ledgerOver(store), stop };
}

/** The same for all tests of the file that asks for it. */
export async function ledgerOfThisFile(): Promise<Omit<LocalLedger, 'stop'>> {
  const { stop, ...local } = await startLedger();
  afterAll(stop);
  return local;
}
