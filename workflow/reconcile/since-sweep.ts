import { bestEffort } from '../runtime/best-effort.ts';
import type { ReconcileTools } from './tools.ts';

const MINUTE_MS = 60_000;

/** Tells the alarm when the last sweep came through, which only a run that is not a sweep can. Best effort. */
export async function tellSinceSweep({
  ledger,
  metrics,
  now,
  log,
}: Pick<ReconcileTools, 'ledger' | 'metrics' | 'now' | 'log'>): Promise<void> {
  await bestEffort(log.error, 'When the last sweep came through could not be read.', {}, async () => {
    const state = await ledger.readSweepState();
    if (state === undefined) return;
    metrics.sinceSweep(Math.round((now().getTime() - Date.parse(state.completeAt)) / MINUTE_MS));
  });
}
