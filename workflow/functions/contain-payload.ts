import * as z from 'zod';
import { requestSchema } from '../ledger/request-schema.ts';

const { change, inspection, document, containment, event } = requestSchema.shape;

const judgement = z.object({
  // Executions that began before the last two were known have no other way for them.
  verdict: z.enum(['allowed', 'restricted', 'duplicate', 'own-change', 'observed', 'exempt']),
  reason: z.string(),
  notifyAllowed: z.boolean(),
  change: change.optional(),
  inspection: inspection.optional(),
  document,
  event,
});

const failedInspection = z.object({
  verdict: z.literal('restricted'),
  event: z.unknown(),
  failure: z.object({ Error: z.string(), Cause: z.string() }),
});

const waiting = z.object({
  requestId: z.string().min(1),
  status: z.enum(['recorded', 'duplicate']),
  duplicateOf: z.string().optional(),
  change,
  inspection,
  containment,
  executionArn: z.string(),
});

/** How often the state machine has tried this step before. */
const retryCount = z.int().nonnegative().default(0);

/** What the state machine gives the `contain` function. */
export const containPayloadSchema = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('quarantine'),
    // What comes from a failed inspection has its `failure`; a judgement never does.
    state: z.union([failedInspection, judgement]),
    executionArn: z.string(),
    retryCount,
  }),
  z.object({ step: z.literal('restore'), state: waiting, retryCount }),
  z.object({ step: z.literal('discard'), state: waiting, retryCount }),
]);

export type ContainPayload = z.output<typeof containPayloadSchema>;
