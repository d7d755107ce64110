import * as z from '../../../../workflow/runtime/zod.ts';

/** Composition objects with Slack's limits. Source: docs.slack.dev, Block Kit reference, "Composition objects". */

export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().check(z.minLength(1), z.maxLength(max)),
    emoji: z.optional(z.boolean()),
  });

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().check(z.minLength(1), z.maxLength(max)),
    verbatim: z.optional(z.boolean()),
  });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

/** A `block_id` or `action_id`; Slack makes one up where it is left out. */
export const id = z.optional(z.string().check(z.minLength(1), z.maxLength(255)));

export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.optional(z.enum(['primary', 'danger'])),
});
