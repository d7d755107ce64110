import { z } from 'zod';
import { requestSchema } from '../../workflow/ledger/request-schema.ts';

const { change, inspection, document, containment, quarantinedAt, executionArn } = requestSchema.shape;

const judgement = z.object({
  verdict: z.enum(['allowed', 'restricted', 'duplicate', 'own-change']),
  reason: z.string(),
  notifyAllowed: z.boolean(),
  change: change.optional(),
});

const about = z.object({ change, inspection, executionArn });

const quarantined = about.extend({
  status: z.literal('quarantined'),
  detail: z.string(),
  document,
  containment,
  quarantinedAt,
});

const endedEarly = about.extend({ status: z.enum(['superseded', 'gone']), detail: z.string() });

const waiting = about.extend({
  requestId: z.string().min(1),
  status: z.literal('recorded'),
  containment,
  wait: z.object({ seconds: z.int().positive() }),
});

const covered = about.extend({
  requestId: z.string().min(1),
  status: z.literal('duplicate'),
  duplicateOf: z.string().min(1),
});

const contained = waiting.omit({ wait: true }).extend({
  outcome: z.enum(['approved', 'denied', 'expired', 'superseded', 'gone']),
  detail: z.string(),
});

const taskToken = z.string().min(1);

/** How often the state machine has tried this step before. */
const retryCount = z.int().nonnegative().default(0);

/** What the state machine gives the `notify` function. */
export const notifyPayloadSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('record'), state: quarantined }),
  z.object({ step: z.literal('announce-allowed'), state: judgement, retryCount }),
  z.object({ step: z.literal('request-approval'), state: waiting, taskToken, retryCount }),
  z.object({ step: z.literal('expire-or-remind'), state: waiting }),
  z.object({ step: z.literal('remind'), state: waiting, taskToken, retryCount }),
  // What has an outcome was contained; the others never have one.
  z.object({ step: z.literal('announce'), state: z.union([contained, endedEarly, covered]), retryCount }),
  z.object({ step: z.literal('escalate'), state: z.unknown().optional(), executionArn: z.string() }),
]);

export type NotifyPayload = z.output<typeof notifyPayloadSchema>;
