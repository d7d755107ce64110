import * as z from 'zod';
import { requestSchema } from '../../workflow/ledger/request-schema.ts';

const {
  change,
  inspection,
  document,
  containment,
  quarantinedAt,
  executionArn,
  event,
  surroundings,
  exemption,
} = requestSchema.shape;

const judgement = z.object({
  verdict: z.enum(['allowed', 'restricted', 'duplicate', 'own-change']),
  reason: z.string(),
  notifyAllowed: z.boolean(),
  change: change.optional(),
});

/** Restricted, and left alone: judged so by Inspect, or by Quarantine where Inspect has failed. */
const untouched = z.union([
  z.object({
    verdict: z.enum(['observed', 'exempt']),
    reason: z.string(),
    change,
    inspection,
    document,
    event,
    exemption,
  }),
  z.object({ status: z.literal('observed'), detail: z.string(), change, inspection, document, event }),
]);

const about = z.object({ change, inspection, executionArn });

const quarantined = about.extend({
  status: z.literal('quarantined'),
  detail: z.string(),
  document,
  containment,
  quarantinedAt,
  event,
  surroundings,
});

const endedEarly = about.extend({ status: z.enum(['superseded', 'gone']), detail: z.string() });

const waiting = about.extend({
  requestId: z.string().min(1),
  status: z.literal('recorded'),
  containment,
  wait: z.object({ seconds: z.int().positive() }),
  nudged: z.int().nonnegative().optional(),
});

const reminding = waiting.extend({ due: z.array(z.enum(['reminder', 'admin-email'])).default([]) });

const covered = about.extend({
  requestId: z.string().min(1),
  status: z.literal('duplicate'),
  duplicateOf: z.string().min(1),
});

const contained = waiting.omit({ wait: true, nudged: true }).extend({
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
  z.object({ step: z.literal('remind'), state: reminding, taskToken, retryCount }),
  z.object({ step: z.literal('report'), state: untouched, executionArn: z.string(), retryCount }),
  // Not a step of the state machine: a schedule sends it once a day.
  z.object({ step: z.literal('summarise'), time: z.iso.datetime() }),
  // What has an outcome was contained; the others never have one.
  z.object({ step: z.literal('announce'), state: z.union([contained, endedEarly, covered]), retryCount }),
  z.object({ step: z.literal('escalate'), state: z.unknown().optional(), executionArn: z.string() }),
]);

export type NotifyPayload = z.output<typeof notifyPayloadSchema>;

/** A change that somebody else had changed or deleted before it could be quarantined. */
export type EndedEarly = z.output<typeof endedEarly>;

/** A change that a request covers already. */
export type Covered = z.output<typeof covered>;
