import { pack } from '../inspection/packed-document.ts';
import type { Intent, Plan } from '../ledger/intents.ts';
import type { ContainmentTools, QuarantineTask } from './tasks.ts';

/** What is written down about a change: what tells it apart, and nothing about the person. */
export function intentOf(
  { change, executionArn }: QuarantineTask,
  { plan, document }: { plan: Plan; document: string },
  now: Date,
): Intent {
  const { requestId, eventName, eventTime, accountId, target } = change;
  return {
    change: { requestId, eventName, eventTime, accountId, target },
    executionArn,
    document: pack(document),
    plan,
    at: now.toISOString(),
  };
}

/** This execution was dead while another one brought the change to its decision, which stands. */
export class DecidedElsewhereError extends Error {
  override name = 'DecidedElsewhereError';
}

/** @throws DecidedElsewhereError when nothing is to be written any more */
export async function requireOpen({ decidedElsewhere }: QuarantineTask): Promise<void> {
  if (await decidedElsewhere) throw new DecidedElsewhereError();
}

/**
 * Writes down what is about to be done, beside doing it: the ledger never delays a write to IAM, and is waited for
 * only once that has been made.
 *
 * @param what the document that is taken out of force, and what is to stand instead
 * @throws DecidedElsewhereError
 */
export async function begin<T>(
  task: QuarantineTask,
  what: { plan: Plan; document: string },
  { lookups, now }: Pick<ContainmentTools, 'lookups' | 'now'>,
  act: () => Promise<T>,
): Promise<T> {
  await requireOpen(task);
  const kept = lookups.keepIntent(intentOf(task, what, now()));
  try {
    return await act();
  } finally {
    await kept;
  }
}
