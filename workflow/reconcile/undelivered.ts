import { createHash } from 'node:crypto';
import type { ReconcileTools } from './tools.ts';
import { workThrough } from './work-through.ts';

/** A message of the dead-letter queue: the event that EventBridge could not deliver. */
interface Undelivered {
  messageId: string;
  /** The event, as JSON text. */
  body: string;
}

/**
 * Puts events back on their way. An event that comes twice starts one execution.
 *
 * @returns the ids of the messages that stay in the queue, because it failed
 */
export async function deliverEvents(
  { executions, log }: Pick<ReconcileTools, 'executions' | 'log'>,
  messages: readonly Undelivered[],
): Promise<string[]> {
  const started = await workThrough(messages, log, async ({ messageId, body }) => {
    await executions.start(`event-${hashOf(body)}`, body);
    return messageId;
  });
  return messages.map(({ messageId }) => messageId).filter((id) => !started.includes(id));
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 32);
}
