import { NotFoundError } from '../account/iam/iam.ts';
import { restoreChange } from '../containment/contain.ts';
import { whileMissing } from '../containment/settle.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Decision } from '../ledger/request.ts';
import { readDecided } from './decided-request.ts';
import type { Contained } from './payloads.ts';

/** How one of the steps after a decision ended. */
export type Ending = Pick<Contained, 'outcome' | 'detail' | 'askAgain' | 'principal'>;

/**
 * The Restore step: puts the very same grant back, if the ledger holds its approval, or that nobody had changed
 * anything, and what is in force is what quarantine left. Safe to repeat.
 *
 * @throws DecisionMissingError unless the ledger says so
 */
export async function restore(
  requestId: string,
  retryCount: number,
  ledger: Pick<Ledger, 'read'>,
  tools: ContainmentTools,
): Promise<Ending> {
  const { task, decision } = await readDecided(ledger, requestId, ['approved', 'unfounded'], retryCount);
  try {
    const result = await whileMissing(() => restoreChange(task, tools), tools.pause);
    const { status, ...rest } = result;
    return { outcome: status === 'restored' ? outcomeOf(decision) : status, ...rest };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { outcome: 'gone', detail: `There is nothing to put it back to: ${error.message}` };
  }
}

function outcomeOf(decision: Decision['decision']): 'approved' | 'unfounded' {
  return decision === 'unfounded' ? 'unfounded' : 'approved';
}
