import type { IamReader } from '../../account/iam/iam.ts';
import type { WholeAccount } from '../../account/iam/whole-account.ts';
import type { Settings } from '../../runtime/settings/schema.ts';
import type { ReconcileMetrics } from '../../steps/metrics.ts';
import type { ReconcileTools } from '../tools.ts';

/** What a sweep works with; handed in when the function is built. */
export interface SweepTools
  extends Pick<ReconcileTools, 'ledger' | 'executions' | 'cloudTrail' | 'containRoleArn' | 'now' | 'log'> {
  readAccount(): Promise<WholeAccount>;
  iam: IamReader;
  /** Whether a document grants something restricted. */
  isRestricted(document: string): boolean;
  attachments: Settings['ATTACHMENTS'];
  /** How far two readings are apart that show the same, before it counts as undelivered. Milliseconds. */
  settleMs: number;
  metrics: Pick<ReconcileMetrics, 'swept'>;
}

/** The account that is guarded. */
export function accountIdOf({ containRoleArn }: Pick<SweepTools, 'containRoleArn'>): string {
  return containRoleArn.split(':')[4] ?? '';
}
