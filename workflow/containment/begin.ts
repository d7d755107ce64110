import { pack } from '../inspection/packed-document.ts';
import type { Intent, Plan } from '../ledger/intents.ts';
import type { ContainmentTools, QuarantineTask } from './tasks.ts';

/** What is about to be done. */
interface Beginning {
  plan: Plan;
  /** The document that is taken out of force. */
  document: string;
  /** It was seen in force. */
  tookOut?: true | undefined;
}

/** What is written down about a change: what tells it apart, and nothing about the person. */
export function intentOf(
  { change, executionArn }: QuarantineTask,
  { plan, document, tookOut }: Beginning,
  now: Date,
): Intent {
  const { requestId, eventName, eventTime, accountId, target } = change;
  return {
    change: { requestId, eventName, eventTime, accountId, target },
    executionArn,
    document: pack(document),
    plan,
    ...(tookOut && { tookOut }),
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
 * @throws DecidedElsewhereError
 */
export async function begin<T>(
  task: QuarantineTask,
  what: Beginning,
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
