import { randomUUID } from 'node:crypto';
import type { Log } from '../runtime/logger.ts';
import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import type { Condition, Store } from './store.ts';
import { AUDIT_INDEX_KEY, auditKey, type Key, requestKey } from './table.ts';

/** Written for every attempt: who did what, what was refused and why. Never a secret, token or signed link. */
const auditEntrySchema = z.object({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** e.g. `decision.approved`, `decision.refused`, `signature.refused`, `link.refused`, `request.recorded`. */
  event: z.string(),
  requestId: z.optional(z.string()),
  /** Why it was refused, or what happened, in one sentence. */
  detail: z.string(),
  slackUserId: z.optional(z.string()),
  slackUserName: z.optional(z.string()),
  slackTeamId: z.optional(z.string()),
  /** Where a message stands that somebody was told by. */
  slackChannel: z.optional(z.string()),
  slackTs: z.optional(z.string()),
  /** The e-mail that somebody was told by: SNS's id of it, and to whom it went. */
  emailId: z.optional(z.string()),
  emailTo: z.optional(z.string()),
  eventId: z.optional(z.string()),
  executionArn: z.optional(z.string()),
  /** When the state machine took this decision, where it did at once. */
  deliveredAt: z.optional(z.iso.datetime()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** It stands behind the decision's own. */
export type DeliveryEntry = AuditEntry & { requestId: string; decidedAt: string };

export interface AuditTrail {
  audit(entry: AuditEntry): Promise<void>;
  /** The entry of the one decision of a request: the first that is written stays. Safe to repeat. */
  auditDecision(entry: AuditEntry & { requestId: string }): Promise<void>;
  /** The entry of when the state machine took a decision that it did not take at once; as `auditDecision`. */
  auditDelivery(entry: DeliveryEntry): Promise<void>;
  /** Whether `auditDecision` has written it: for whoever finds a decision, since reading costs less than writing it again. */
  hasDecisionEntry(entry: Pick<AuditEntry, 'at'> & { requestId: string }): Promise<boolean>;
  /** Of one request, oldest first. */
  auditTrail(requestId: string): Promise<AuditEntry[]>;
  /** Newest first, with and without a request. */
  recentAudit(limit: number): Promise<AuditEntry[]>;
  /** All since then, oldest first, with and without a request. @param since ISO 8601, UTC */
  auditSince(since: string): Promise<AuditEntry[]>;
}

export function auditTrailOver(store: Store): AuditTrail {
  const write = async (entry: AuditEntry, key: Key, condition?: Condition) => {
    await store.put({ ...entry, ...key, gsi1pk: AUDIT_INDEX_KEY, gsi1sk: key.sk }, condition);
  };
  return {
    audit: (entry) => write(entry, auditKey(entry.at, randomUUID(), entry.requestId)),
    auditDecision: (entry) => write(entry, decisionKey(entry), ONCE),
    auditDelivery: ({ decidedAt, ...entry }) =>
      write(entry, auditKey(decidedAt, 'delivered', entry.requestId), ONCE),
    hasDecisionEntry: async (entry) => (await store.get(decisionKey(entry))) !== undefined,
    auditTrail: async (requestId) => {
      const { pk } = requestKey(requestId);
      return (await store.query({ index: false, partition: pk, sortPrefix: 'audit#' })).map(toAuditEntry);
    },
    recentAudit: async (limit) => {
      const query = { index: true, partition: AUDIT_INDEX_KEY, newestFirst: true, limit };
      return (await store.query(query)).map(toAuditEntry);
    },
    auditSince: async (since) => {
      const query = { index: true, partition: AUDIT_INDEX_KEY, sortFrom: auditKey(since, '').sk };
      return (await store.query(query)).map(toAuditEntry);
    },
  };
}

const ONCE: Condition = { expression: 'attribute_not_exists(#pk)' };

const decisionKey = ({ at, requestId }: Pick<AuditEntry, 'at'> & { requestId: string }) =>
  auditKey(at, 'decision', requestId);

const toAuditEntry = itemReader(auditEntrySchema);

/**
 * A ledger that also writes every audit entry to the function's log, so that the audit trail can be searched in
 * CloudWatch Logs Insights, and so that it is still written somewhere when the table does not answer.
 */
export function withLoggedAudit<L extends AuditTrail>(ledger: L, log: Log): L {
  const logged =
    <Entry extends AuditEntry>(write: (entry: Entry) => Promise<void>) =>
    async (entry: Entry) => {
      log.info(`Audit: ${entry.event}`, { audit: entry });
      await write(entry);
    };
  return {
    ...ledger,
    audit: logged((entry: AuditEntry) => ledger.audit(entry)),
    auditDecision: logged((entry: AuditEntry & { requestId: string }) => ledger.auditDecision(entry)),
    auditDelivery: logged((entry: DeliveryEntry) => ledger.auditDelivery(entry)),
  };
}
