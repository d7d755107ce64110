import type { Ledger } from '../ledger/ledger.ts';
import type { Quarantined } from './payloads.ts';

/**
 * The KeepOthers step: keeps what else a padded event was about, for reconcile to start an execution for each. Safe
 * to repeat.
 *
 * @returns the state without them
 */
export async function keepOthers(
  { ledger, now }: { ledger: Pick<Ledger, 'keepFurther'>; now: Date },
  { others = [], ...state }: Quarantined,
): Promise<Quarantined> {
  const { executionArn } = state;
  await Promise.all(
    others.map((other) => ledger.keepFurther({ ...other, executionArn, at: now.toISOString() })),
  );
  return state;
}
