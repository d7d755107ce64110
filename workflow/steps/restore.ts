import { NotFoundError } from '../account/iam/iam.ts';
import { restoreChange } from '../containment/contain.ts';
import { whileMissing } from '../containment/settle.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readDecided } from './decided-request.ts';
import type { Contained } from './payloads.ts';

/** How one of the steps after a decision ended. */
export type Ending = Pick<Contained, 'outcome' | 'detail' | 'askAgain' | 'principal'>;

const OUTCOME = { restored: 'approved', superseded: 'superseded', 'no-room': 'no-room' } as const;

/**
 * The Restore step: puts the very same grant back, if the ledger holds its approval and what is in force is what
 * quarantine left. Safe to repeat.
 *
 * @throws DecisionMissingError unless the request is approved in the ledger
 */
export async function restore(
  requestId: string,
  retryCount: number,
  ledger: Pick<Ledger, 'read'>,
  tools: ContainmentTools,
): Promise<Ending> {
  const { task } = await readDecided(ledger, requestId, ['approved'], retryCount);
  try {
    const result = await whileMissing(() => restoreChange(task, tools), tools.pause);
    const { status, ...rest } = result;
    return { outcome: OUTCOME[status], ...rest };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { outcome: 'gone', detail: `There is nothing to put it back to: ${error.message}` };
  }
}
