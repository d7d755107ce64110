import type { Blocks } from './block-ids.ts';
import { InteractionError } from './interaction-error.ts';

type Json = Record<string, unknown>;

/** Which button somebody clicks. */
export interface Choice {
  action_id: string;
  /** Tells buttons with the same `action_id` apart, and so does the value. */
  block_id?: string;
  value?: string;
}

export interface Clicked {
  blockId: string;
  /** As Slack sends it: without the question that was asked first. */
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
  const found = candidates.find(({ element }) => value === undefined || element.value === value);
  if (found === undefined) throw new InteractionError(`${action_id} has no ${value}.`);
  const { confirm: _, ...element } = found.element;
  return { blockId: found.blockId, element };
}

function clickable({ elements = [], accessory }: { elements?: unknown; accessory?: unknown }): Json[] {
  return [...(elements as Json[]), ...(accessory ? [accessory as Json] : [])];
}
