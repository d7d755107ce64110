import * as z from '../../workflow/runtime/zod.ts';
import {
  containedSchema,
  judgementSchema,
  nudgeSchema,
  quarantinedSchema,
  retryCountSchema as retryCount,
  waitingSchema,
} from '../../workflow/steps/payloads.ts';

const announced = z.extend(
  z.pick(judgementSchema, { verdict: true, reason: true, notifyAllowed: true, change: true }),
  {
    verdict: z.without(judgementSchema.shape.verdict, ['observed', 'exempt', 'aws-managed', 'foreign']),
  },
);

const { change, inspection } = quarantinedSchema.shape;

/** Restricted, and left alone: judged so by Inspect, or by Quarantine where Inspect has failed. */
const untouched = z.union([
  z.extend(z.omit(judgementSchema, { notifyAllowed: true }), {
    verdict: z.enum(['observed', 'exempt']),
    change,
    inspection,
  }),
  z.extend(
    z.pick(quarantinedSchema, { detail: true, change: true, inspection: true, document: true, event: true }),
    { status: z.literal('observed') },
  ),
]);

const quarantined = z.extend(quarantinedSchema, { status: z.literal('quarantined') });

const endedEarly = z.extend(
  z.pick(quarantinedSchema, { detail: true, change: true, inspection: true, executionArn: true }),
  { status: z.without(quarantinedSchema.shape.status, ['quarantined', 'observed']) },
);

/** What another account has reported, and is not even readable. */
const foreignUnread = z.object({
  status: z.literal('foreign'),
  detail: z.string(),
  executionArn: z.string(),
});

const waiting = z.extend(z.omit(waitingSchema, { duplicateOf: true, putBacks: true, detail: true }), {
  status: z.literal('recorded'),
});

const reminding = z.extend(waiting, { due: z._default(z.array(nudgeSchema), []) });

const covered = z.extend(
  z.pick(waitingSchema, {
    requestId: true,
    change: true,
    inspection: true,
    executionArn: true,
    putBacks: true,
    detail: true,
  }),
  { status: z.literal('duplicate'), duplicateOf: z.string().check(z.minLength(1)) },
);

const contained = z.extend(z.omit(containedSchema, { duplicateOf: true, putBacks: true }), {
  status: z.literal('recorded'),
});

const taskToken = z.string().check(z.minLength(1));

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
    state: z.optional(z.unknown()),
    executionArn: z.string(),
    startedAt: z.iso.datetime({ offset: true }),
  }),
  z.object({ step: z.literal('escalate'), state: z.optional(z.unknown()), executionArn: z.string() }),
]);

export type NotifyPayload = z.output<typeof notifyPayloadSchema>;

/** A change that ended before anybody was asked: changed or deleted by somebody else, or nobody's to change here. */
export type EndedEarly = z.output<typeof endedEarly>;

export type ForeignUnread = z.output<typeof foreignUnread>;

/** A change that a request covers already. */
export type Covered = z.output<typeof covered>;
