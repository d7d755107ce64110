import type { Ledger } from '../../workflow/ledger/ledger.ts';
import { countOf } from '../media/wording/phrases.ts';
import type { Check } from './check.ts';

export interface SweepExamination {
  ledger: Pick<Ledger, 'readSweepState'>;
  now(): Date;
}

/** Three sweeps; the alarm SweepMissing tells as soon. Milliseconds. */
const LATE = 45 * 60_000;

/** What events do not tell of is found by the sweep alone. */
export async function checkSweep({ ledger, now }: SweepExamination): Promise<Check> {
  const name = 'Sweep';
  const mend = 'See “The account is not swept” in infra/aws/RUNBOOK.md.';
  const state = await ledger.readSweepState();
  if (state === undefined) return { name, status: 'unknown', found: 'The account was never swept.', mend };
  const { completeAt, found: count } = state;
  const had = `it had to find ${countOf(count, 'grant')} that no event had told of`;
  const found = `The last complete one was on ${completeAt}; ${had}.`;
  if (now().getTime() - Date.parse(completeAt) > LATE) return { name, status: 'wrong', found, mend };
  return count === 0
    ? { name, status: 'ok', found }
    : { name, status: 'wrong', found, mend: 'See “Events are lost” in infra/aws/RUNBOOK.md.' };
}
