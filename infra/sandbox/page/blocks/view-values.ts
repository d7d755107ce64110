import type { Block, InputBlock, Option } from './types.ts';

/** What one input holds, in the shape that Slack sends in `view.state.values`. */
export type FieldValue =
  | { type: 'plain_text_input'; value: string | null }
  | { type: 'radio_buttons' | 'static_select'; selected_option: Option | null }
  | { type: 'checkboxes'; selected_options: Option[] }
  | { type: 'unknown' };

/** block id → action id → what the input holds, as `view.state.values` of a view submission. */
export type ViewValues = Record<string, Record<string, FieldValue>>;

export function inputBlocks(blocks: readonly Block[]): InputBlock[] {
  return blocks.filter((block) => block.type === 'input');
}

/** Where an input's value is kept. Slack makes up ids that an app leaves out; the place stands in for them. */
export function keysOf(block: InputBlock, index: number): { blockId: string; actionId: string } {
  const actionId = 'action_id' in block.element ? block.element.action_id : undefined;
  return { blockId: block.block_id ?? `block-${index}`, actionId: actionId ?? `action-${index}` };
}

/** The values of a modal that nobody has touched yet. */
export function initialValues(blocks: readonly Block[]): ViewValues {
  const values: ViewValues = {};
  inputBlocks(blocks).forEach((block, index) => {
    const { blockId, actionId } = keysOf(block, index);
    values[blockId] = { [actionId]: initialValue(block) };
  });
  return values;
}

function initialValue({ element }: InputBlock): FieldValue {
  if (element.type === 'plain_text_input') {
    return { type: 'plain_text_input', value: element.initial_value ?? null };
  }
  if (element.type === 'radio_buttons' || element.type === 'static_select') {
    return { type: element.type, selected_option: element.initial_option ?? null };
  }
  if (element.type === 'checkboxes') {
    return { type: 'checkboxes', selected_options: element.initial_options ?? [] };
  }
  return { type: 'unknown' };
}

/**
 * The values of a modal that may have been updated since somebody filled it in: an input that is still there, with
 * the same ids and of the same kind, keeps what it held (https://docs.slack.dev/surfaces/modals#updating_views).
 *
 * @param touched what has been filled in so far
 */
export function currentValues(blocks: readonly Block[], touched: ViewValues): ViewValues {
  const values = initialValues(blocks);
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, initial] of Object.entries(actions)) {
      const kept = touched[blockId]?.[actionId];
      if (kept?.type === initial.type) actions[actionId] = kept;
    }
  }
  return values;
}

/** Slack checks by itself that what is not optional was filled in: block id → what it says. */
export function missingValues(blocks: readonly Block[], values: ViewValues): Record<string, string> {
  const missing: Record<string, string> = {};
  inputBlocks(blocks).forEach((block, index) => {
    const { blockId, actionId } = keysOf(block, index);
    if (block.optional !== true && isEmpty(values[blockId]?.[actionId])) {
      missing[blockId] = 'Please complete this required field.';
    }
  });
  return missing;
}

function isEmpty(value: FieldValue | undefined): boolean {
  switch (value?.type) {
    case 'plain_text_input':
      return value.value === null;
    case 'radio_buttons':
    case 'static_select':
      return value.selected_option === null;
    case 'checkboxes':
      return value.selected_options.length === 0;
    default:
      return false;
  }
}
