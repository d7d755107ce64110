import { type Subscription, strangersAmong } from '../account/sns/subscriptions.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import type { Log } from '../runtime/logger.ts';
import type { ReconcileMetrics } from '../steps/metrics.ts';

export interface StrangerTools {
  /** Who gets the guard's e-mails. */
  subscriptions(): Promise<Subscription[]>;
  adminEmail: string | undefined;
  metrics: Pick<ReconcileMetrics, 'strangersSubscribed'>;
  log: Log;
}

/**
 * Counts those who get the guard's e-mails and should not, whether or not there is anything to mail. Best effort: an
 * e-mail with a link to approve looks by itself before it is sent.
 */
export async function countStrangers({
  subscriptions,
  adminEmail,
  metrics,
  log,
}: StrangerTools): Promise<void> {
  await bestEffort(log.error, 'Who gets the e-mails could not be looked up.', {}, async () => {
    const strangers = strangersAmong(await subscriptions(), adminEmail);
    if (strangers.length === 0) return;
    metrics.strangersSubscribed(strangers.length);
    log.error('Others than ADMIN_EMAIL get the e-mails.', { strangers });
  });
}
