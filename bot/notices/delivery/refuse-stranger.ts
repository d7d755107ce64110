import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { GuardMetrics } from '../../../workflow/steps/metrics.ts';

/** Keeps that somebody was refused whom nothing proves to be anybody: anyone on the Internet. */
export type RefuseStranger = (entry: AuditEntry) => void;

/**
 * A line in the log, where the audit trail is searched, and a number. Nothing in the ledger: whoever sends many
 * requests would fill it.
 */
export function strangersTo(log: Log, metrics: Pick<GuardMetrics, 'strangerRefused'>): RefuseStranger {
  return (entry) => {
    log.warn(`Refused: ${entry.detail}`, { audit: entry });
    metrics.strangerRefused();
  };
}
