import * as z from 'zod';
import { accessory, actionElement, image, inputElement } from './elements.ts';
import { anyText, blockId, plainText, url } from './objects.ts';

/** Blocks with Slack's limits. Source: docs.slack.dev, Block Kit reference, "Blocks". */

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'must have text or fields');

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  // Slack gives no limit for text in a context block; that of any text object holds.
  elements: z
    .array(z.union([anyText(3000), image]))
    .min(1)
    .max(10),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).min(1).max(25),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const imageBlock = z.strictObject({
  type: z.literal('image'),
  block_id: blockId,
  image_url: url,
  alt_text: z.string().min(1).max(2000),
  title: plainText(2000).optional(),
});

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: z.string().min(1).max(12_000),
});

const everywhere = [section, header, divider, context, actions, input, imageBlock] as const;

export const block = z.discriminatedUnion('type', [...everywhere, markdown]);

/** Markdown blocks are for messages only. */
export const viewBlock = z.discriminatedUnion('type', everywhere);
