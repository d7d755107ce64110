import { expect, it } from 'vitest';
import { blankInputs, stateValues } from '../../../../infra/sandbox/slack/state-values.ts';

const input = (block_id: string, rest: object = {}, element: object = {}) => ({
  ...{ type: 'input', block_id, ...rest },
  element: { type: 'plain_text_input', action_id: 'x', ...element },
});
const holding = (value: string | null) => ({ x: { type: 'plain_text_input' as const, value } });

it('says what stands in each input, touched or not', () => {
  const blocks = [input('empty'), input('begun', {}, { initial_value: 'because' }), input('typed')];
  expect(stateValues(blocks, { typed: holding('half a reason') })).toEqual({
    empty: holding(null),
    begun: holding('because'),
    typed: holding('half a reason'),
  });
});

it('keeps what was filled in where the input is still there after an update, and forgets the rest', () => {
  const blocks = [input('reason', {}, { initial_value: 'to begin with' })];
  const entered = { reason: holding('half a reason'), gone: holding('lost') };
  expect(stateValues(blocks, entered)).toEqual({ reason: holding('half a reason') });
});

it('says nothing of what holds nothing', () => {
  const blocks = [
    { type: 'actions', block_id: 'buttons', elements: [{ type: 'button', action_id: 'x' }] },
    { type: 'context', block_id: 'context', elements: [{ type: 'mrkdwn', text: 'x' }] },
  ];
  expect(stateValues(blocks)).toEqual({});
});

it('finds what is left blank, unless that is optional', () => {
  const blocks = [input('reason'), input('more', { optional: true })];
  const blank = { reason: 'Please complete this required field.' };
  expect(blankInputs(blocks, stateValues(blocks))).toEqual(blank);
  expect(blankInputs(blocks, stateValues(blocks, { reason: holding('') }))).toEqual(blank);
  expect(blankInputs(blocks, stateValues(blocks, { reason: holding(' ') }))).toEqual({});
});
