import type { Blocks } from './block-ids.ts';
import { InteractionError } from './interaction-error.ts';

type Json = Record<string, unknown>;

/** Which button, menu or the like somebody clicks. */
export interface Choice {
  action_id: string;
  /** Tells elements with the same `action_id` apart. */
  block_id?: string;
  /** The button's value, which tells too; of a menu, radio buttons or checkboxes, the option that is chosen. */
  value?: string;
}

export interface Clicked {
  blockId: string;
  /** As Slack sends it: without its options, with the one that was chosen. */
  element: Json;
}

/** @throws InteractionError when there is nothing like it to click */
export function findElement(blocks: Blocks, { action_id, block_id, value }: Choice): Clicked {
  const candidates = blocks
    .filter((block) => block_id === undefined || block.block_id === block_id)
    .flatMap((block) => clickable(block).map((element) => ({ blockId: String(block.block_id), element })))
    .filter(({ element }) => element.action_id === action_id);
  if (candidates.length === 0) {
    throw new InteractionError(`There is no button ${action_id} here, and never was.`);
  }
  const found = candidates.find(({ element }) => takes(element, value));
  if (found === undefined) {
    throw new InteractionError(
      `${action_id} has ${value === undefined ? 'options: name one' : `no ${value}`}.`,
    );
  }
  return { blockId: found.blockId, element: asSent(found.element, value) };
}

function clickable({ elements = [], accessory }: { elements?: unknown; accessory?: unknown }): Json[] {
  return [...(elements as Json[]), ...(accessory ? [accessory as Json] : [])];
}

/** A button is clicked without naming its value, an option only by its value. */
function takes(element: Json, value: string | undefined): boolean {
  const { options } = element as { options?: Json[] };
  if (options !== undefined) return options.some((option) => option.value === value);
  return value === undefined || element.value === value;
}

function asSent({ confirm: _, focus_on_load: __, options, ...element }: Json, value?: string): Json {
  if (options === undefined) return element;
  const chosen = (options as Json[]).find((option) => option.value === value);
  return element.type === 'checkboxes'
    ? { ...element, selected_options: [chosen] }
    : { ...element, selected_option: chosen };
}
