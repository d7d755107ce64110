import * as z from '../../runtime/zod.ts';

/** Why a requester is exempt. */
export const exemptionSchema = z.object({
  /** ARN pattern, as configured. */
  pattern: z.string(),
  /** Last day, `2026-12-31`, UTC. */
  until: z.string(),
  reason: z.string(),
});
export type Exemption = z.infer<typeof exemptionSchema>;
