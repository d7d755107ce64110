import { pack } from '../inspection/packed-document.ts';
import type { Plan } from '../ledger/intents.ts';
import type { ContainmentTools, QuarantineTask } from './tasks.ts';

/**
 * Writes down what is about to be done, beside doing it: the ledger never delays a write to IAM, and is waited for
 * only once that has been made.
 *
 * @param document what is taken out of force
 */
export async function begin<T>(
  { change, executionArn }: QuarantineTask,
  { plan, document }: { plan: Plan; document: string },
  { lookups, now }: Pick<ContainmentTools, 'lookups' | 'now'>,
  act: () => Promise<T>,
): Promise<T> {
  const at = now().toISOString();
  const kept = lookups.keepIntent({ change, executionArn, document: pack(document), plan, at });
  try {
    return await act();
  } finally {
    await kept;
  }
}
