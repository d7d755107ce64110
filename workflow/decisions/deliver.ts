import { putsBack } from '../ledger/count-votes.ts';
import type { Decision } from '../ledger/request.ts';
import { ERROR } from './error-names.ts';
import type { CallbackResult, TaskCallbacks } from './task-callbacks.ts';

/** `closed`: nothing more is needed, see `deliver`. */
type Delivery = { status: CallbackResult } | { status: 'failed'; cause: unknown };

/**
 * Tells the state machine. A token that is closed, or not there yet, needs nothing more: the wait it belonged to is
 * over, or the next one has not begun, and before the state machine waits again it reads the decision in the ledger.
 */
export async function deliver(
  callbacks: TaskCallbacks,
  decision: Decision,
  taskToken: string | undefined,
): Promise<Delivery> {
  // The state machine itself lets a request expire; there is nobody left to tell.
  if (taskToken === undefined || decision.decision === 'expired') return { status: 'closed' };
  try {
    const status = putsBack(decision)
      ? await callbacks.succeed(taskToken, { decision })
      : await callbacks.fail(taskToken, ERROR.denied, JSON.stringify(decision));
    return { status };
  } catch (cause) {
    return { status: 'failed', cause };
  }
}
