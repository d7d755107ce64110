import * as z from 'zod';
import { confirm, id, plainText } from './objects.ts';

/**
 * The block elements that the guard sends, with Slack's limits; others are refused, so that they are added here and
 * to the page before they are sent. Source: docs.slack.dev, Block Kit reference, "Block elements".
 */

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: id,
  url: z
    .url({ protocol: /^(https?|mailto|slack)$/ })
    .max(3000)
    .optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
});

/** In a row of actions, or beside a section. */
export const clickable = z.discriminatedUnion('type', [button]);

export const inputElement = z.discriminatedUnion('type', [plainTextInput]);
