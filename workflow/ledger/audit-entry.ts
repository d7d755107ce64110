import * as z from 'zod';

/** Written for every attempt: who did what, what was refused and why. Never a secret, token or signed link. */
export const auditEntrySchema = z.object({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** e.g. `decision.approved`, `decision.refused`, `signature.refused`, `link.refused`, `request.recorded`. */
  event: z.string(),
  requestId: z.string().optional(),
  /** Why it was refused, or what happened, in one sentence. */
  detail: z.string(),
  slackUserId: z.string().optional(),
  slackUserName: z.string().optional(),
  slackTeamId: z.string().optional(),
  eventId: z.string().optional(),
  executionArn: z.string().optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
