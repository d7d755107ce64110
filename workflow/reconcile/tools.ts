import type { TaskCallbacks } from '../decisions/task-callbacks.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../runtime/logger.ts';
import type { Executions } from './executions.ts';
import type { Waits } from './waits.ts';

/** What reconcile works with; handed in when the function is built. */
export interface ReconcileTools {
  ledger: Ledger;
  executions: Executions;
  callbacks: TaskCallbacks;
  waits: Waits;
  now(): Date;
  log: Log;
}
