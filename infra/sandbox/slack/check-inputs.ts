import type { Blocks } from './block-ids.ts';
import { InteractionError } from './interaction-error.ts';
import { blankInputs, type Held, stateValues, type Values } from './state-values.ts';

/**
 * What Slack's client looks at before it sends a modal (docs.slack.dev, "Input block" and "Plain-text input").
 *
 * @param entered what was entered, as the submission holds it; any other input is as it was opened
 * @returns errors to show next to inputs that were left blank: block id → message; null where there are none
 * @throws InteractionError for a text that the client does not let anybody submit
 */
export function checkInputs(blocks: Blocks, entered: Values): Record<string, string> | null {
  const held = stateValues(blocks, entered);
  for (const { element, block_id } of blocks.filter(({ type }) => type === 'input')) {
    const limits = element as TextLimits;
    checkLength(limits, held[String(block_id)]?.[limits.action_id]);
  }
  const blank = blankInputs(blocks, held);
  return Object.keys(blank).length === 0 ? null : blank;
}

interface TextLimits {
  action_id: string;
  min_length?: number;
  /** 3,000 where it is not given. */
  max_length?: number;
}

function checkLength({ action_id, min_length = 0, max_length = 3_000 }: TextLimits, held?: Held): void {
  // Nothing at all is not too short: it is left blank.
  const value = held?.value || undefined;
  if (value === undefined) return;
  const is = `The text in ${action_id} has ${value.length} characters`;
  if (value.length < min_length) throw new InteractionError(`${is}; it takes at least ${min_length}.`);
  if (value.length > max_length) throw new InteractionError(`${is}; it takes at most ${max_length}.`);
}
