import { expect, it } from 'vitest';
import { chosenBy, stateValues } from '../../../../infra/sandbox/slack/state-values.ts';

const OPTION = { text: { type: 'plain_text', text: 'A' }, value: 'a' };
const block = (block_id: string, rest: object) => ({ block_id, ...rest });

it('says what stands in each input, touched or not', () => {
  const blocks = [
    block('text', { element: { type: 'plain_text_input', action_id: 'x' } }),
    block('radio', { element: { type: 'radio_buttons', action_id: 'x', initial_option: OPTION } }),
    block('boxes', { elements: [{ type: 'checkboxes', action_id: 'x' }] }),
    block('menu', { accessory: { type: 'static_select', action_id: 'x' } }),
  ];
  const chosen = { menu: { x: { type: 'static_select', selected_option: OPTION } } };
  expect(stateValues(blocks, chosen)).toEqual({
    text: { x: { type: 'plain_text_input', value: null } },
    radio: { x: { type: 'radio_buttons', selected_option: OPTION } },
    boxes: { x: { type: 'checkboxes', selected_options: [] } },
    ...chosen,
  });
});

it('says nothing of what holds nothing', () => {
  const blocks = [
    block('buttons', {
      elements: [
        { type: 'button', action_id: 'x' },
        { type: 'overflow', action_id: 'y' },
      ],
    }),
    block('context', { elements: [{ type: 'mrkdwn', text: 'x' }] }),
  ];
  expect(stateValues(blocks)).toEqual({});
  expect(chosenBy({ blockId: 'buttons', element: { type: 'overflow', selected_option: OPTION } })).toEqual(
    {},
  );
});
