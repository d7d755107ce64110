import type { Log } from '../runtime/logger.ts';
import type { Ledger } from './ledger.ts';

/**
 * A ledger that also writes every audit entry to the function's log, so that the audit trail can be searched in
 * CloudWatch Logs Insights, and so that it is still written somewhere when the table does not answer.
 */
export function withLoggedAudit(ledger: Ledger, log: Log): Ledger {
  return {
    ...ledger,
    audit: async (entry) => {
      log.info(`Audit: ${entry.event}`, { audit: entry });
      await ledger.audit(entry);
    },
  };
}
