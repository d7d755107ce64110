import { exemptionSchema } from '../events/exemptions/exemption.ts';
import { packedDocumentSchema } from '../inspection/packed-document.ts';
import { planSchema } from '../ledger/intents.ts';
import { type outcomeSchema, putBacksSchema, requestSchema } from '../ledger/request.ts';
import * as z from '../runtime/zod.ts';

/**
 * What travels between the states of `state-machine.asl.json`. Each task gets the whole state and returns the
 * next one, so a state's output is always one of these types. Documents travel packed: 262,144 bytes is the limit.
 */

const { change, inspection, containment, quarantinedAt, surroundings, principal, unsure, executionArn } =
  requestSchema.shape;

/** What was found out before anything is written: what is to be done, and whom the grant serves. */
const planned = {
  plan: z.optional(planSchema),
  principal,
  /** A session of the guard's own role made the change, and the ledger did not show what for. */
  byGuard: z.optional(z.literal(true)),
};

/** What a padded event may be about, under the names that CloudTrail uses: see `padded` of an event. */
export const paddedNamesSchema = z.record(z.string(), z.string());

export const otherSchema = z.object({
  /** That its request will have; with `seeksHolder` it depends on whose it turns out to be. */
  requestId: z.string().check(z.minLength(1)),
  padded: paddedNamesSchema,
  /**
   * Nobody was found who holds it, so that nothing was taken out: whom it was made of may have another name, of which no
   * event has told yet. Missing of what is out of force already.
   */
  seeksHolder: z.optional(z.literal(true)),
});

const othersSchema = z.optional(
  z.array(
    z.object({
      padded: paddedNamesSchema,
      /** In all else the change is the one that the event is read as. */
      requestId: change.shape.requestId,
      target: change.shape.target,
      /** Of the document that was judged; the documents themselves would not fit into a state. */
      sha256: z.string(),
    }),
  ),
);

/** Output of Inspect. */
export const judgementSchema = z.object({
  verdict: z.enum([
    'allowed',
    'restricted',
    'duplicate',
    'own-change',
    'observed',
    'exempt',
    'aws-managed',
    'foreign',
  ]),
  /** One sentence for people: why this verdict. */
  reason: z.string(),
  /** True when `NOTIFY_ALLOWED` is on and this is an allowed, successful, watched change. */
  notifyAllowed: z.boolean(),
  /** Missing only when the event is not a change at all. */
  change: z.optional(change),
  inspection: z.optional(inspection),
  /** The reviewed document, byte for byte; missing when it could not be read. */
  document: z.optional(packedDocumentSchema),
  /** The CloudTrail record, as it came. */
  event: z.optional(packedDocumentSchema),
  /** With `exempt`. */
  exemption: z.optional(exemptionSchema),
  ...planned,
  /**
   * What else a padded event may be about: restricted, in force and never approved. It is quarantined along with this
   * change, and asked about by an execution of its own: its input is the same event, with these names as `padded`.
   */
  others: othersSchema,
});
export type Judgement = z.infer<typeof judgementSchema>;

/** What a Catch leaves under `$.failure`. */
export const failureSchema = z.object({ Error: z.string(), Cause: z.string() });
export type Failure = z.infer<typeof failureSchema>;

/**
 * Input of Look, and of Quarantine, when Inspect itself failed: the event as it came, and why. Counts as restricted.
 * Look adds what it has found out.
 */
export const failedInspectionSchema = z.object({
  verdict: z.literal('restricted'),
  event: z.unknown(),
  failure: failureSchema,
  document: z.optional(packedDocumentSchema),
  ...planned,
  others: othersSchema,
});
export type FailedInspection = z.infer<typeof failedInspectionSchema>;

/** Output of Quarantine. */
export const quarantinedSchema = z.object({
  /**
   * `superseded`, `gone`: somebody else already changed or removed it; nothing was written. `observed`: MODE says to
   * leave it alone, and that was not known before. `own-change`: the guard's own, likewise. `approved`: put back at once, because it had been approved before.
   */
  status: z.enum([
    'quarantined',
    'superseded',
    'gone',
    'observed',
    'own-change',
    'aws-managed',
    'foreign',
    'approved',
  ]),
  /** One sentence: what was done, or found. */
  detail: z.string(),
  change,
  inspection,
  document: z.optional(packedDocumentSchema),
  containment: z.optional(containment),
  quarantinedAt,
  event: z.optional(packedDocumentSchema),
  surroundings,
  principal,
  unsure,
  byGuard: planned.byGuard,
  putBacks: z.optional(putBacksSchema),
  /** With `own-change`: people were asked about it before that was known, and are told how it ends. */
  asked: z.optional(z.literal(true)),
  /** What else the event was about, for executions of their own. */
  others: z.optional(z.array(otherSchema)),
  /** The request that approved exactly this, as Record has found; whether it may be put back is found out once. */
  approvedBefore: z.optional(z.string()),
  executionArn,
});
export type Quarantined = z.infer<typeof quarantinedSchema>;

/** Output of Record, carried through the wait. No document: it is in the ledger now. */
export const waitingSchema = z.object({
  requestId: z.string().check(z.minLength(1)),
  status: z.enum(['recorded', 'duplicate']),
  /** The request that already covers this change. */
  duplicateOf: z.optional(z.string()),
  /** With `duplicateOf`: the change brought the grant back into force while that request waits. */
  putBacks: z.optional(putBacksSchema),
  /** With `duplicateOf`: what quarantine did, in one sentence. */
  detail: z.optional(z.string()),
  change,
  inspection,
  containment,
  executionArn,
  /** How long the next wait may last, whole seconds, at least 1. */
  wait: z.object({ seconds: z.int().check(z.positive()) }),
  /** How many nudges of the schedule lie behind; none at first. */
  nudged: z.optional(z.int().check(z.nonnegative())),
});
export type Waiting = z.infer<typeof waitingSchema>;

/** What happens while nobody decides: a reminder in the thread, an e-mail to the administrator. */
export const nudgeSchema = z.enum(['reminder', 'admin-email']);
export type Nudge = z.infer<typeof nudgeSchema>;

/** Output of ExpireOrRemind. */
export interface NextStep extends Waiting {
  next: 'restore' | 'discard' | 'remind';
  /** What is due now, with `remind`; nothing when a wait has ended early. */
  due: Nudge[];
}

/** Output of Restore and Discard: what has happened. `own-change` and `aws-managed` end what people were asked about while it could not be taken out of force. */
export const containedSchema = z.extend(z.omit(waitingSchema, { wait: true, nudged: true }), {
  outcome: z.enum([
    'approved',
    'denied',
    'expired',
    'unfounded',
    'superseded',
    'gone',
    'no-room',
    'own-change',
    'aws-managed',
  ]),
  detail: z.string(),
  /** With `superseded`: it was approved for another principal; a new request has to follow. */
  askAgain: z.optional(z.literal(true)),
  /** With `askAgain`: whom it would serve now. */
  principal,
});
export type Contained = z.infer<typeof containedSchema>;

/** Output of the last state. */
export interface Ended {
  outcome: z.infer<typeof outcomeSchema>;
  reason: string;
  requestId?: string;
}

/** How often the state machine has tried this step before. */
export const retryCountSchema = z._default(z.int().check(z.nonnegative()), 0);
