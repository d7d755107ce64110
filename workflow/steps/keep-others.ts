import type { Ledger } from '../ledger/ledger.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import type { Log } from '../runtime/logger.ts';
import * as z from '../runtime/zod.ts';
import { otherSchema, type Quarantined } from './payloads.ts';

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
  await keep({ ledger, now }, others, state.executionArn);
  return state;
}

type Others = NonNullable<Quarantined['others']>;

function keep(
  { ledger, now }: { ledger: Pick<Ledger, 'keepFurther'>; now: Date },
  others: Others,
  executionArn: string,
): Promise<unknown> {
  const at = now.toISOString();
  return Promise.all(others.map((other) => ledger.keepFurther({ ...other, executionArn, at })));
}

const stateSchema = z.object({ others: z.catch(z.array(otherSchema), []) });

/**
 * The same where the first change does not come to KeepOthers, or not for a day: the others may be out of force
 * already. Never fails.
 *
 * @param state of any shape
 */
export async function keepOthersAnyhow(
  { ledger, now, log }: { ledger: Pick<Ledger, 'keepFurther'>; now: Date; log: Log },
  state: unknown,
  executionArn: string,
): Promise<void> {
  const { data } = stateSchema.safeParse(state);
  if (data === undefined || data.others.length === 0) return;
  const message = 'What else the event was about could not be kept; each further try keeps it.';
  await bestEffort(log.warn, message, { executionArn }, () =>
    keep({ ledger, now }, data.others, executionArn),
  );
}
