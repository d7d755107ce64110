import { changeSchema } from '../events/change.ts';
import { packedDocumentSchema } from '../inspection/packed-document.ts';
import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import { isBeforeSchema } from './request.ts';
import type { Store } from './store.ts';
import { intentKey } from './table.ts';
import { targetKey } from './target-key.ts';

const leftOut = z.array(z.string());

/** What stood there before the change, as the inventory had seen it; of an attachment, that it was attached already. */
const before = z.union([
  z.literal('nothing'),
  z.object({
    /** Missing where it is too large to be shown. */
    document: z.optional(packedDocumentSchema),
    versionId: z.optional(z.string()),
    /** Since when it was known. */
    since: z.optional(z.iso.datetime()),
  }),
]);
export type PlannedBefore = z.infer<typeof before>;

/** What the guard is about to put in a grant's place. */
export const planSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('managed-policy'),
    instead: z.union([
      /** An earlier version; `grants` and `isIdentical` as in a containment. */
      z.object({
        versionId: z.string(),
        grants: z.optional(z.enum(['approved', 'observed'])),
        isIdentical: z.optional(z.boolean()),
      }),
      z.object({ placeholder: packedDocumentSchema }),
    ]),
    leftOut,
    before: z.optional(before),
  }),
  z.object({
    type: z.literal('inline-policy'),
    instead: packedDocumentSchema,
    /** Why `instead` may be what stood there before; missing where it is a placeholder. */
    isBefore: z.optional(isBeforeSchema),
    leftOut,
    before: z.optional(before),
  }),
  z.object({
    type: z.literal('attachment'),
    denies: z.optional(packedDocumentSchema),
    /** Why it may stand again, where it stood before the change; `isIdentical` as in a containment. */
    isBefore: z.optional(isBeforeSchema),
    isIdentical: z.optional(z.literal(true)),
    leftOut,
    before: z.optional(before),
  }),
]);
export type Plan = z.infer<typeof planSchema>;

const { requestId, eventName, eventTime, accountId, target } = changeSchema.shape;

/** One quarantine, as the guard wrote it down when it began. */
const intentSchema = z.object({
  change: z.object({ requestId, eventName, eventTime, accountId, target }),
  executionArn: z.string(),
  /** The document that is taken out of force. */
  document: packedDocumentSchema,
  plan: planSchema,
  /** It was seen in force; missing where that is not known. */
  tookOut: z.optional(z.literal(true)),
  at: z.iso.datetime(),
  /** The version is deleted, because it was put back again and again; this item keeps its document. */
  deletesVersion: z.optional(z.boolean()),
});
export type Intent = z.infer<typeof intentSchema>;

/** What the guard is about to do to IAM, so that a later try or execution can tell its doing from anybody else's. */
export interface IntentLedger {
  keepIntent(intent: Intent): Promise<void>;
  /** Those about one target (`targetKey`), by the time of their changes, newest first. */
  findIntents(targetKey: string, limit?: number): Promise<Intent[]>;
}

/**
 * A loop of put-backs makes one with each call, and whatever is pushed out of the window is as if it had never been.
 * IAM takes some ten writes a second: so this is more than a minute of them, in which each is acted upon.
 */
const MOST_INTENTS = 1_000;

export function intentsOver(store: Store): IntentLedger {
  return {
    keepIntent: async (intent) => {
      const { accountId, target, eventTime, requestId } = intent.change;
      await store.put({ ...intent, ...intentKey(targetKey(accountId, target), eventTime, requestId) });
    },
    findIntents: async (key, limit = MOST_INTENTS) => {
      const { pk } = intentKey(key, '', '');
      const items = await store.query({ index: false, partition: pk, newestFirst: true, limit });
      return items.map(itemReader(intentSchema));
    },
  };
}
