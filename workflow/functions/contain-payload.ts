import * as z from '../runtime/zod.ts';
import {
  failedInspectionSchema,
  judgementSchema,
  quarantinedSchema,
  retryCountSchema as retryCount,
  waitingSchema,
} from '../steps/payloads.ts';

const waiting = z.omit(waitingSchema, { wait: true, nudged: true });

/** What the state machine gives the `contain` function. */
export const containPayloadSchema = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('quarantine'),
    // What comes from a failed inspection has its `failure`, a judgement its verdict; what was quarantined before, neither.
    state: z.union([failedInspectionSchema, judgementSchema, quarantinedSchema]),
    executionArn: z.string(),
    retryCount,
  }),
  z.object({ step: z.literal('put-back'), state: quarantinedSchema, retryCount }),
  z.object({ step: z.literal('restore'), state: waiting, retryCount }),
  z.object({ step: z.literal('discard'), state: waiting, retryCount }),
]);

export type ContainPayload = z.output<typeof containPayloadSchema>;
