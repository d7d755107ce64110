import type { IamReader } from '../../account/iam/iam.ts';
import type { WholeAccount } from '../../account/iam/whole-account.ts';
import type { Exemption } from '../../events/exemptions/exemption.ts';
import type { Evaluation } from '../../inspection/must-quarantine.ts';
import type { Settings } from '../../runtime/settings/schema.ts';
import type { ReconcileMetrics } from '../../steps/metrics.ts';
import type { ReconcileTools } from '../tools.ts';

/** What a sweep works with; handed in when the function is built. */
export interface SweepTools
  extends Pick<ReconcileTools, 'ledger' | 'executions' | 'cloudTrail' | 'containRoleArn' | 'now' | 'log'> {
  readAccount(): Promise<WholeAccount>;
  iam: IamReader;
  /** What a document that is in force means, by the list and the mode of today. */
  evaluate(document: string): Evaluation;
  exemptions: readonly Exemption[];
  attachments: Settings['ATTACHMENTS'];
  /** How far two readings are apart that show the same, before it counts as undelivered. Milliseconds. */
  settleMs: number;
  metrics: Pick<ReconcileMetrics, 'foundBySweep'>;
}

/** The account that is guarded. */
export function accountIdOf({ containRoleArn }: Pick<SweepTools, 'containRoleArn'>): string {
  return containRoleArn.split(':')[4] ?? '';
}
