import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { type AuditTrail, auditTrailOver } from './audit-trail.ts';
import { type Confirmations, confirmationsOver } from './confirmations.ts';
import { withContents } from './contents.ts';
import { type DecisionLedger, decisionsOver } from './decisions.ts';
import { type FurtherChanges, furtherChangesOver } from './further-changes.ts';
import { type GroupClaims, groupsOver } from './groups.ts';
import { type Informed, informedOver } from './informed.ts';
import { type IntentLedger, intentsOver } from './intents.ts';
import { type Inventory, inventoryOver } from './inventory.ts';
import { type Listings, listingsOver } from './listings.ts';
import { type NamingLedger, namingOver } from './naming.ts';
import { type OpenRequests, openRequestsOver } from './open-requests.ts';
import { type RecordLedger, recordsOver } from './records.ts';
import { type RemarkLedger, remarksOver } from './remarks.ts';
import { type Renames, renamesOver } from './renames.ts';
import { type RequestLedger, requestsOver } from './requests.ts';
import { type Restarts, restartsOver } from './restarts.ts';
import { createStore, type Store, type StoreTimeouts, type TimedStore } from './store.ts';
import { type SummaryClaims, summariesOver } from './summaries.ts';

/**
 * The DynamoDB table of requests, decisions and the audit trail, as the rest of the code sees it. Every promise rests
 * on one conditional write to one item; the other items only point to requests and count only together with what the
 * request says of itself.
 *
 * All methods throw LedgerUnavailableError when the table does not answer, and CorruptLedgerItemError when an item
 * is not what this code writes.
 */
export type Ledger = RecordLedger &
  RequestLedger &
  OpenRequests &
  Restarts &
  FurtherChanges &
  DecisionLedger &
  IntentLedger &
  NamingLedger &
  Renames &
  RemarkLedger &
  Listings &
  Confirmations &
  AuditTrail &
  GroupClaims &
  Informed &
  Inventory &
  SummaryClaims;

/** The ledger, and the clock that its times are told by. */
export type TimedLedger = Ledger & Pick<TimedStore, 'now' | 'timed'>;

interface LedgerOptions {
  tableName: string;
  aws: AwsClientConfig;
  /** Where a caller can wait less than the default of two seconds a call. */
  timeouts?: Partial<StoreTimeouts>;
}

export function createLedger(options: LedgerOptions): TimedLedger {
  return createLedgerOf(options, ledgerOver);
}

/** As much of the ledger as a function needs and is allowed; the rest is then not in its bundle. */
export function createLedgerOf<Part>(
  { tableName, aws, timeouts }: LedgerOptions,
  over: (store: Store) => Part,
): Part & Pick<TimedLedger, 'now' | 'timed'> {
  const store = createStore(tableName, aws, timeouts);
  const { now, timed } = store;
  return { ...over(withContents(store)), now, timed };
}

/** The ledger over any store, so that tests can stop and interleave its single writes. */
export function ledgerOver(store: Store): Ledger {
  return {
    ...recordsOver(store),
    ...requestsOver(store),
    ...openRequestsOver(store),
    ...restartsOver(store),
    ...furtherChangesOver(store),
    ...decisionsOver(store),
    ...namingOver(store),
    ...renamesOver(store),
    ...remarksOver(store),
    ...listingsOver(store),
    ...confirmationsOver(store),
    ...intentsOver(store),
    ...auditTrailOver(store),
    ...groupsOver(store),
    ...informedOver(store),
    ...inventoryOver(store),
    ...summariesOver(store),
  };
}
