import * as z from 'zod';
import {
  containedSchema,
  judgementSchema,
  nudgeSchema,
  quarantinedSchema,
  retryCountSchema as retryCount,
  waitingSchema,
} from '../../workflow/steps/payloads.ts';

const announced = judgementSchema
  .pick({ verdict: true, reason: true, notifyAllowed: true, change: true })
  .extend({
    verdict: judgementSchema.shape.verdict.exclude(['observed', 'exempt', 'aws-managed', 'foreign']),
  });

const { change, inspection } = quarantinedSchema.shape;

/** Restricted, and left alone: judged so by Inspect, or by Quarantine where Inspect has failed. */
const untouched = z.union([
  judgementSchema
    .omit({ notifyAllowed: true })
    .extend({ verdict: judgementSchema.shape.verdict.extract(['observed', 'exempt']), change, inspection }),
  quarantinedSchema
    .pick({ detail: true, change: true, inspection: true, document: true, event: true })
    .extend({ status: z.literal('observed') }),
]);

const quarantined = quarantinedSchema.extend({ status: z.literal('quarantined') });

const endedEarly = quarantinedSchema
  .pick({ detail: true, change: true, inspection: true, executionArn: true })
  .extend({ status: quarantinedSchema.shape.status.exclude(['quarantined', 'observed', 'own-change']) });

/** What another account has reported, and is not even readable. */
const foreignUnread = z.object({
  status: z.literal('foreign'),
  detail: z.string(),
  executionArn: z.string(),
});

const waiting = waitingSchema
  .omit({ duplicateOf: true, putBacks: true })
  .extend({ status: z.literal('recorded') });

const reminding = waiting.extend({ due: z.array(nudgeSchema).default([]) });

const covered = waitingSchema
  .pick({ requestId: true, change: true, inspection: true, executionArn: true, putBacks: true })
  .extend({ status: z.literal('duplicate'), duplicateOf: z.string().min(1) });

const contained = containedSchema
  .omit({ duplicateOf: true, putBacks: true })
  .extend({ status: z.literal('recorded') });

const taskToken = z.string().min(1);

/** What the state machine gives the `notify` function. */
export const notifyPayloadSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('resume'), requestId: z.string(), executionArn: z.string() }),
  z.object({ step: z.literal('tell-unconfirmed'), requestId: z.string() }),
  z.object({ step: z.literal('tell-sweep'), reportId: z.string() }),
  z.object({ step: z.literal('keep-others'), state: quarantinedSchema }),
  z.object({ step: z.literal('record'), state: quarantined }),
  z.object({ step: z.literal('announce-allowed'), state: announced, retryCount }),
  z.object({ step: z.literal('request-approval'), state: waiting, taskToken, retryCount }),
  z.object({ step: z.literal('ask-again'), state: contained, retryCount }),
  z.object({ step: z.literal('expire-or-remind'), state: waiting }),
  z.object({ step: z.literal('remind'), state: reminding, taskToken, retryCount }),
  z.object({ step: z.literal('report'), state: untouched, executionArn: z.string(), retryCount }),
  // Not a step of the state machine: a schedule sends it once a day.
  z.object({ step: z.literal('summarise'), time: z.iso.datetime() }),
  // Neither is this: an operator sends it, while no clicks arrive.
  z.object({ step: z.literal('mail-waiting') }),
  // What has an outcome was contained; the others never have one.
  z.object({
    step: z.literal('announce'),
    state: z.union([contained, endedEarly, covered, foreignUnread]),
    retryCount,
  }),
  z.object({
    step: z.literal('still-in-force'),
    state: z.unknown().optional(),
    executionArn: z.string(),
    startedAt: z.iso.datetime({ offset: true }),
  }),
  z.object({ step: z.literal('escalate'), state: z.unknown().optional(), executionArn: z.string() }),
]);

export type NotifyPayload = z.output<typeof notifyPayloadSchema>;

/** A change that ended before anybody was asked: changed or deleted by somebody else, or nobody's to change here. */
export type EndedEarly = z.output<typeof endedEarly>;

export type ForeignUnread = z.output<typeof foreignUnread>;

/** A change that a request covers already. */
export type Covered = z.output<typeof covered>;
