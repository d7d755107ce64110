import type { Blocks } from './block-ids.ts';
import { InteractionError } from './interaction-error.ts';
import { stateValues, type Values } from './state-values.ts';

type Json = Record<string, unknown>;

/** What Slack's client shows under an input that was left blank. */
const BLANK = 'Please complete this required field.';

/**
 * What Slack's client looks at before it sends a modal (docs.slack.dev, "Input block" and "Plain-text input").
 *
 * @param entered what was entered, as the submission holds it; any other input is as it was opened
 * @returns errors to show next to inputs that were left blank: block id → message; null where there are none
 * @throws InteractionError for a text that the client does not let anybody submit
 */
export function checkInputs(blocks: Blocks, entered: Values): Record<string, string> | null {
  const held = stateValues(blocks, entered);
  const blank: Record<string, string> = {};
  for (const block of blocks.filter(({ type }) => type === 'input')) {
    const element = block.element as Json;
    const value = held[String(block.block_id)]?.[String(element.action_id)];
    if (value === undefined) continue;
    if (!isBlank(value)) checkLength(element, value);
    else if (block.optional !== true) blank[String(block.block_id)] = BLANK;
  }
  return Object.keys(blank).length === 0 ? null : blank;
}

/** Spaces are something. */
function isBlank({ value, selected_option, selected_options }: Json): boolean {
  const holds = value ?? selected_option ?? selected_options ?? '';
  return holds === '' || (Array.isArray(holds) && holds.length === 0);
}

/** `max_length` of an element is 3,000 where it names none. */
function checkLength(element: Json, { value }: Json): void {
  if (typeof value !== 'string') return;
  const { action_id, min_length = 0, max_length = 3_000 } = element as { [key: string]: number };
  const is = `The text in ${action_id} has ${value.length} characters`;
  if (value.length < min_length) throw new InteractionError(`${is}; it takes at least ${min_length}.`);
  if (value.length > max_length) throw new InteractionError(`${is}; it takes at most ${max_length}.`);
}
