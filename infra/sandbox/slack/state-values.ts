import type { Blocks } from './block-ids.ts';

type Json = Record<string, unknown>;

/** `state.values`: block id → action id → what stands in the element. */
export type Values = Record<string, Record<string, Json>>;

/** What an element holds before anybody has touched it; other elements hold nothing. */
const UNTOUCHED: Readonly<Record<string, (element: Json) => Json>> = {
  plain_text_input: ({ initial_value: value = null }) => ({ value }),
  static_select: ({ initial_option: selected_option = null }) => ({ selected_option }),
  radio_buttons: ({ initial_option: selected_option = null }) => ({ selected_option }),
  checkboxes: ({ initial_options: selected_options = [] }) => ({ selected_options }),
};

/** All that is entered or chosen in blocks, as Slack sends it along with a click. @param chosen what somebody has touched */
export function stateValues(blocks: Blocks, chosen: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    const held = elementsOf(block).flatMap((element) => holding(block, element, chosen));
    if (held.length > 0) values[String(block.block_id)] = Object.fromEntries(held);
  }
  return values;
}

/** What a click leaves in its element; a button holds nothing. @param element as it is in `actions` of the payload */
export function chosenBy({ blockId, element }: { blockId: string; element: Json }): Values {
  const { type, selected_option, selected_options } = element;
  if (UNTOUCHED[String(type)] === undefined) return {};
  const holds = type === 'checkboxes' ? { selected_options } : { selected_option };
  return { [blockId]: { [String(element.action_id)]: { type, ...holds } } };
}

/** The elements of a block that somebody can touch, and those that only show text. */
function elementsOf(block: Json): Json[] {
  const {
    elements = [],
    element,
    accessory,
  } = block as { elements?: Json[]; element?: Json; accessory?: Json };
  return [...elements, element, accessory].filter((each) => each !== undefined);
}

function holding(block: Json, element: Json, chosen: Values): [string, Json][] {
  const untouched = UNTOUCHED[String(element.type)];
  if (untouched === undefined) return [];
  const actionId = String(element.action_id);
  const held = chosen[String(block.block_id)]?.[actionId] ?? { type: element.type, ...untouched(element) };
  return [[actionId, held]];
}
