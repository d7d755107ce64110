import dynalite from 'dynalite';
import { afterAll } from 'vitest';
import { createLedgerTable } from '../../infra/sandbox/aws/dynamodb/create-table.ts';
import { withContents } from '../../workflow/ledger/contents.ts';
import { type Ledger, ledgerOver } from '../../workflow/ledger/ledger.ts';
import { createStore, type Store } from '../../workflow/ledger/store.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { GENEROUS } from './generous.ts';
import { awsAt, startServer } from './local-server.ts';

export interface LocalLedger {
  tableName: string;
  aws: Required<AwsClientConfig>;
  store: Store;
  ledger: Ledger;
  stop(): Promise<void>;
}

/** A ledger over DynamoDB in memory, on a free loopback port. */
export async function startLedger(): Promise<LocalLedger> {
  const { url, close } = await startServer(dynalite({ createTableMs: 0 }));
  const aws = awsAt(url);
  const tableName = 'ledger';
  await createLedgerTable(tableName, aws);
  const store = withContents(createStore(tableName, aws, GENEROUS.ledger));
  return { tableName, aws, store, ledger: ledgerOver(store), stop: close };
}

/** The same for all tests of the file that asks for it. */
export async function ledgerOfThisFile(): Promise<Omit<LocalLedger, 'stop'>> {
  const { stop, ...local } = await startLedger();
  afterAll(stop);
  return local;
}
