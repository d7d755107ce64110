import * as z from 'zod';
import { actionId, anyText, confirm, option, plainText, url } from './objects.ts';

/** Block elements with Slack's limits. Source: docs.slack.dev, Block Kit reference, "Block elements". */

const menuOption = option(plainText(75));
/** Only the options of an overflow menu may lead somewhere. */
const overflowOption = menuOption.extend({ url: url.optional() });
const choice = option(anyText(75));
const interactive = {
  action_id: actionId,
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  url: url.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  confirm: confirm.optional(),
  options: z.array(overflowOption).min(1).max(5),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...interactive,
  placeholder: plainText(150).optional(),
  options: z.array(menuOption).min(1).max(100),
  initial_option: menuOption.optional(),
});

const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...interactive,
  options: z.array(choice).min(1).max(10),
  initial_option: choice.optional(),
});

const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...interactive,
  options: z.array(choice).min(1).max(10),
  initial_options: z.array(choice).min(1).max(10).optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
});

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: url,
  alt_text: z.string().min(1).max(2000),
});

export const actionElement = z
  .discriminatedUnion('type', [button, overflow, staticSelect, radioButtons, checkboxes])
  .superRefine(initialOptionIsOffered);

export const accessory = z
  .discriminatedUnion('type', [button, overflow, staticSelect, radioButtons, checkboxes, image])
  .superRefine(initialOptionIsOffered);

export const inputElement = z
  .discriminatedUnion('type', [staticSelect, radioButtons, checkboxes, plainTextInput])
  .superRefine(initialOptionIsOffered);

/** "The initial option must exactly match one of the options." */
function initialOptionIsOffered(element: object, context: z.RefinementCtx): void {
  if (!('options' in element) || !('initial_option' in element)) return;
  const offered = (element.options as unknown[]).map((each) => JSON.stringify(each));
  if (element.initial_option === undefined || offered.includes(JSON.stringify(element.initial_option)))
    return;
  context.addIssue({ code: 'custom', message: 'must be one of the options', path: ['initial_option'] });
}
