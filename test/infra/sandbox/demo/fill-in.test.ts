import { expect, it } from 'vitest';
import { fillIn } from '../../../../infra/sandbox/demo/fill-in.ts';

it('writes into the input of a modal, whatever it is called and whatever stands before it', () => {
  const element = { type: 'plain_text_input', action_id: 'why' };
  const blocks = [{ type: 'section' }, { type: 'input', block_id: 'the-reason', element }];
  expect(fillIn({ type: 'modal', blocks }, 'too wide')).toEqual({
    'the-reason': { why: { type: 'plain_text_input', value: 'too wide' } },
  });
});

it('says so when there is nothing to write into', () => {
  expect(() => fillIn({ type: 'modal', blocks: [{ type: 'section' }] }, 'too wide')).toThrow('no input');
});
