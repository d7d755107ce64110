import { LEDGER_TIMEOUT_MS } from '../containment/ledger-lookups.ts';
import { STORE_TIMEOUTS, type StoreTimeouts } from '../ledger/store.ts';

/** How long `inspect` and `contain` wait for the ledger, in milliseconds. */
export interface LedgerLimits {
  ledger: StoreTimeouts;
  /** For what the ledger can only make milder. */
  lookupMs: number;
}

export const LEDGER_LIMITS: LedgerLimits = { ledger: STORE_TIMEOUTS, lookupMs: LEDGER_TIMEOUT_MS };
