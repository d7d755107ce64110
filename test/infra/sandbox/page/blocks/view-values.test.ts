import { expect, test } from 'vitest';
import type { Block } from '../../../../../infra/sandbox/page/blocks/types.ts';
import { initialValues, missingValues } from '../../../../../infra/sandbox/page/blocks/view-values.ts';
import { aModal } from '../a-modal.ts';

const blocks = aModal().blocks as Block[];

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
