import * as z from '../../../../workflow/runtime/zod.ts';
import { clickable, inputElement } from './elements.ts';
import { anyText, id, plainText } from './objects.ts';

/** The blocks that the guard sends, with Slack's limits. Source: docs.slack.dev, Block Kit reference, "Blocks". */

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: id,
    text: z.optional(anyText(3000)),
    fields: z.optional(z.array(anyText(2000)).check(z.minLength(1), z.maxLength(10))),
    accessory: z.optional(clickable),
    expand: z.optional(z.boolean()),
  })
  .check(
    z.refine((block) => block.text !== undefined || block.fields !== undefined, 'must have text or fields'),
  );

const header = z.strictObject({ type: z.literal('header'), block_id: id, text: plainText(150) });

const divider = z.strictObject({ type: z.literal('divider'), block_id: id });

const context = z.strictObject({
  type: z.literal('context'),
  block_id: id,
  // Slack gives no limit for text in a context block; that of any text object holds.
  elements: z.array(anyText(3000)).check(z.minLength(1), z.maxLength(10)),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: id,
  elements: z.array(clickable).check(z.minLength(1), z.maxLength(25)),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plainText(2000),
  element: inputElement,
  hint: z.optional(plainText(2000)),
  optional: z.optional(z.boolean()),
});

export const block = z.discriminatedUnion('type', [section, header, divider, context, actions, input]);
