import { expect, test } from 'vitest';
import type { Block } from '../../../../../infra/sandbox/page/blocks/types.ts';
import {
  currentValues,
  initialValues,
  missingValues,
} from '../../../../../infra/sandbox/page/blocks/view-values.ts';
import { options, plainText, reasonView } from '../fake-blocks.ts';

const blocks = reasonView().blocks as Block[];
const input = (block_id: string, element: object) =>
  ({
    type: 'input',
    block_id,
    label: plainText(block_id),
    element: { action_id: block_id, ...element },
  }) as Block;

test('an untouched modal has a value for each input, by block and action', () => {
  expect(initialValues(blocks)).toEqual({
    decision: { decision: { type: 'radio_buttons', selected_option: null } },
    reason: { reason: { type: 'plain_text_input', value: null } },
  });
});

test('what is not optional must be filled in', () => {
  const values = initialValues(blocks);
  expect(Object.keys(missingValues(blocks, values))).toEqual(['decision', 'reason']);
  values.reason = { reason: { type: 'plain_text_input', value: 'agreed' } };
  expect(Object.keys(missingValues(blocks, values))).toEqual(['decision']);
});

test('an optional input may stay empty', () => {
  const optional = blocks.map((block) => (block.type === 'input' ? { ...block, optional: true } : block));
  expect(missingValues(optional, initialValues(optional))).toEqual({});
});

test('menus and checkboxes hold options, those chosen beforehand included', () => {
  const [week, month] = options('week', 'month');
  const chosen = [
    input('period', { type: 'static_select', options: [week, month], initial_option: month }),
    input('told', { type: 'checkboxes', options: [week, month] }),
  ];
  expect(initialValues(chosen)).toEqual({
    period: { period: { type: 'static_select', selected_option: month } },
    told: { told: { type: 'checkboxes', selected_options: [] } },
  });
  expect(Object.keys(missingValues(chosen, initialValues(chosen)))).toEqual(['told']);
});

test('an updated modal keeps what was filled in where the input is still there', () => {
  const typed = { type: 'plain_text_input' as const, value: 'half a reason' };
  const touched = { reason: { reason: typed }, gone: { gone: typed } };
  const text = { type: 'plain_text_input', initial_value: 'to begin with' };
  expect(currentValues([input('reason', text), input('new', text)], touched)).toEqual({
    reason: { reason: typed },
    new: { new: { type: 'plain_text_input', value: 'to begin with' } },
  });
});
