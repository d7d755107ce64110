import type { Blocks } from './block-ids.ts';

type Json = Record<string, unknown>;

/** What stands in a text input; null where nothing does. */
export interface Held {
  type: 'plain_text_input';
  value: string | null;
}

/** `state.values`: block id → action id → what stands in the input. */
export type Values = Record<string, Record<string, Held>>;

/**
 * All that is entered in blocks, as Slack sends it along with a click or a submission. An input that is still there
 * after an update keeps what it held (docs.slack.dev, "Modals", updating views).
 *
 * @param entered what somebody has touched; other inputs are as they were opened
 */
export function stateValues(blocks: Blocks, entered: Values = {}): Values {
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map(({ block_id, element }) => {
      const { action_id, initial_value = null } = element as Json;
      const [block, action] = [String(block_id), String(action_id)];
      const untouched = { type: 'plain_text_input', value: initial_value } as Held;
      return [block, { [action]: entered[block]?.[action] ?? untouched }];
    }),
  );
}

/** What Slack's client shows under an input that was left blank. */
const BLANK = 'Please complete this required field.';

/**
 * What Slack's client finds left blank before it sends a modal; spaces are something.
 *
 * @param held as `stateValues` tells it
 * @returns what to show next to inputs: block id → message
 */
export function blankInputs(blocks: Blocks, held: Values): Record<string, string> {
  const required = blocks.filter(({ type, optional }) => type === 'input' && optional !== true);
  const blank = required.filter(({ block_id }) =>
    Object.values(held[String(block_id)] ?? {}).some(({ value }) => (value ?? '') === ''),
  );
  return Object.fromEntries(blank.map(({ block_id }) => [block_id, BLANK]));
}
