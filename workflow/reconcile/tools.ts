import type { CloudTrailReader } from '../account/cloudtrail/cloud-trail.ts';
import type { TaskCallbacks } from '../decisions/task-callbacks.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../runtime/logger.ts';
import type { ReconcileMetrics } from '../steps/metrics.ts';
import type { Executions } from './executions.ts';
import type { StrangerTools } from './strangers.ts';
import type { Waits } from './waits.ts';

/** What reconcile works with; handed in when the function is built. */
export interface ReconcileTools extends StrangerTools {
  ledger: Ledger;
  executions: Executions;
  callbacks: TaskCallbacks;
  cloudTrail: CloudTrailReader;
  waits: Waits;
  /** How long CloudTrail may not show an event that is genuine. Milliseconds. */
  patienceMs: number;
  /** How many approvers a request needs whose requesters are all known. */
  approvalsRequired: number;
  /** The role that the guard itself writes IAM with. */
  containRoleArn: string;
  metrics: Pick<ReconcileMetrics, 'cloudTrailAway' | 'strangersSubscribed' | 'sinceSweep'>;
  now(): Date;
  log: Log;
}
