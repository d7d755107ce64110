import * as z from '../../../../workflow/runtime/zod.ts';
import { confirm, id, plainText } from './objects.ts';

/**
 * The block elements that the guard sends, with Slack's limits; others are refused, so that they are added here and
 * to the page before they are sent. Source: docs.slack.dev, Block Kit reference, "Block elements".
 */

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: id,
  url: z.optional(z.url({ protocol: /^(https?|mailto|slack)$/ }).check(z.maxLength(3000))),
  value: z.optional(z.string().check(z.maxLength(2000))),
  style: z.optional(z.enum(['primary', 'danger'])),
  confirm: z.optional(confirm),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  initial_value: z.optional(z.string().check(z.maxLength(3000))),
  multiline: z.optional(z.boolean()),
  min_length: z.optional(z.int().check(z.gte(0), z.lte(3000))),
  max_length: z.optional(z.int().check(z.gte(1), z.lte(3000))),
  placeholder: z.optional(plainText(150)),
  focus_on_load: z.optional(z.boolean()),
});

/** In a row of actions, or beside a section. */
export const clickable = z.discriminatedUnion('type', [button]);

export const inputElement = z.discriminatedUnion('type', [plainTextInput]);
