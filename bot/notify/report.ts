import type { Ended } from '../../workflow/steps/payloads.ts';
import type { NotifyDeps } from './deps.ts';
import type { NotifyPayload } from './payload.ts';

export type ReportInput = Extract<NotifyPayload, { step: 'report' }>;

/** The Report step: keeps a restricted change that was left alone, and tells of it where it was only observed. */
export async function report(_deps: NotifyDeps, { state }: ReportInput): Promise<Ended> {
  return 'verdict' in state
    ? { outcome: state.verdict, reason: state.reason }
    : { outcome: state.status, reason: state.detail };
}
