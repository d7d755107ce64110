import { LEDGER_TIMEOUT_MS } from '../containment/ledger-lookups.ts';
import { HELP_LIMITS, type HelpLimits } from '../containment/tasks.ts';
import { STORE_TIMEOUTS, type StoreTimeouts } from '../ledger/store.ts';

/** How long `inspect` and `contain` wait for the ledger, and for what helps only. Milliseconds. */
export interface WorkLimits {
  ledger: StoreTimeouts;
  /** For what the ledger can only make milder. */
  lookupMs: number;
  help: HelpLimits;
}

export const WORK_LIMITS: WorkLimits = {
  ...{ ledger: STORE_TIMEOUTS, lookupMs: LEDGER_TIMEOUT_MS },
  help: HELP_LIMITS,
};
