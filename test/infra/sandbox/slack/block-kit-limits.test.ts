import { describe, expect, it } from 'vitest';
import {
  textLength,
  validateBlocks,
  validateView,
} from '../../../../infra/sandbox/slack/block-kit-limits.ts';

const text = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const button = (rest: object = {}) => ({ type: 'button', text: plain(5), action_id: 'approve', ...rest });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const confirm = (rest: object = {}) => ({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  ...rest,
});
const input = { type: 'input', label: plain(5), element: { type: 'plain_text_input' } };

describe('blocks that Slack takes', () => {
  it.each([
    ['a section at its limit', { type: 'section', text: text(3000) }],
    ['ten fields at their limit', { type: 'section', fields: Array(10).fill(text(2000)) }],
    ['a header at its limit', { type: 'header', text: { ...plain(150), emoji: true } }],
    [
      'a button at its limits',
      actions(button({ text: plain(75), value: 'x'.repeat(2000), style: 'danger' })),
    ],
    ['a link button', actions(button({ url: `https://example.com/${'x'.repeat(2980)}` }))],
    ['a button that asks before it acts', actions(button({ confirm: confirm({ style: 'danger' }) }))],
    ['a section with a button next to it', { type: 'section', text: text(5), accessory: button() }],
    ['context', { type: 'context', elements: [text(10), plain(10)] }],
    ['a divider', { type: 'divider' }],
    ['an input', { ...input, element: { type: 'plain_text_input', multiline: true, max_length: 500 } }],
  ])('%s', (_, block) => {
    expect(validateBlocks([block], 'message')).toEqual([]);
  });

  it('50 in a message, 100 in a modal', () => {
    const blocks = (count: number) => Array(count).fill({ type: 'divider' });
    expect(validateBlocks(blocks(50), 'message')).toEqual([]);
    expect(validateBlocks(blocks(51), 'message')).toHaveLength(1);
    expect(validateBlocks(blocks(100), 'modal')).toEqual([]);
    expect(validateBlocks(blocks(101), 'modal')).toHaveLength(1);
  });
});

describe('blocks that Slack refuses', () => {
  it.each([
    ['a section over 3,000', { type: 'section', text: text(3001) }, '/blocks/0/text/text'],
    ['an empty text', { type: 'section', text: text(0) }, '/blocks/0/text/text'],
    ['a section without text or fields', { type: 'section' }, '/blocks/0'],
    ['eleven fields', { type: 'section', fields: Array(11).fill(text(1)) }, '/blocks/0/fields'],
    ['a field over 2,000', { type: 'section', fields: [text(2001)] }, '/blocks/0/fields/0/text'],
    ['a header over 150', { type: 'header', text: plain(151) }, '/blocks/0/text/text'],
    ['a header with markup', { type: 'header', text: text(5) }, '/blocks/0/text/type'],
    ['a button with markup', actions(button({ text: text(5) })), '/blocks/0/elements/0/text/type'],
    ['a button text over 75', actions(button({ text: plain(76) })), '/blocks/0/elements/0/text/text'],
    ['a button value over 2,000', actions(button({ value: 'x'.repeat(2001) })), '/blocks/0/elements/0/value'],
    [
      'a button address over 3,000',
      actions(button({ url: `https://example.com/${'x'.repeat(3000)}` })),
      '/blocks/0/elements/0/url',
    ],
    [
      'a button that runs a script',
      actions(button({ url: 'javascript:alert(1)' })),
      '/blocks/0/elements/0/url',
    ],
    ['a style that does not exist', actions(button({ style: 'green' })), '/blocks/0/elements/0/style'],
    [
      'a question over 300',
      actions(button({ confirm: confirm({ text: text(301) }) })),
      '/blocks/0/elements/0/confirm/text/text',
    ],
    [
      'a long answer',
      actions(button({ confirm: confirm({ deny: plain(31) }) })),
      '/blocks/0/elements/0/confirm/deny/text',
    ],
    ['eleven in context', { type: 'context', elements: Array(11).fill(text(1)) }, '/blocks/0/elements'],
    ['26 buttons', actions(...Array(26).fill({ ...button(), action_id: undefined })), '/blocks/0/elements'],
    [
      'an input next to a section',
      { type: 'section', text: text(1), accessory: { type: 'plain_text_input' } },
      '/blocks/0/accessory/type',
    ],
    ['an unknown field', { type: 'divider', text: 'x' }, '/blocks/0'],
    ['an unknown block', { type: 'table_of_contents' }, '/blocks/0/type'],
    ['no actions', actions(), '/blocks/0/elements'],
    ['the same action_id twice', actions(button(), button()), '/blocks/0/elements/1/action_id'],
    [
      'a text input outside an input block',
      actions({ type: 'plain_text_input' }),
      '/blocks/0/elements/0/type',
    ],
    ['an image', { type: 'image', image_url: 'https://example.com/', alt_text: 'x' }, '/blocks/0/type'],
    ['markdown', { type: 'markdown', text: 'x' }, '/blocks/0/type'],
  ])('%s', (_, block, pointer) => {
    expect(validateBlocks([block], 'message')).toEqual([
      expect.stringContaining(`[json-pointer:${pointer}]`),
    ]);
  });

  it.each(['overflow', 'static_select', 'radio_buttons', 'checkboxes', 'datepicker'])(
    '%s, which the guard does not send',
    (type) => {
      const element = { type, action_id: 'pick', options: [{ text: plain(3), value: 'a' }] };
      for (const block of [actions(element), { ...input, element }]) {
        expect(validateBlocks([block], 'message')).toEqual([
          expect.stringMatching(/element(s\/0)?\/type\]$/),
        ]);
      }
    },
  );

  it('the same block_id twice', () => {
    const blocks = [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ];
    expect(validateBlocks(blocks, 'message')).toEqual([
      '[ERROR] block_id "a" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  it('what is no list', () => {
    expect(validateBlocks('text', 'message')).toHaveLength(1);
  });
});

describe('a modal', () => {
  const modal = (rest: object = {}) => ({
    type: 'modal',
    title: plain(24),
    submit: plain(24),
    blocks: [input],
    ...rest,
  });

  it('is taken at its limits', () => {
    expect(validateView(modal({ private_metadata: 'x'.repeat(3000) }), 'modal')).toEqual([]);
  });

  it.each([
    ['a title over 24', modal({ title: plain(25) }), '/view/title/text'],
    ['no submit button although there is an input', modal({ submit: undefined }), '/view/submit'],
    ['private metadata over 3,000', modal({ private_metadata: 'x'.repeat(3001) }), '/view/private_metadata'],
    ['no blocks', modal({ blocks: [] }), '/view/blocks'],
  ])('is refused with %s', (_, view, pointer) => {
    expect(validateView(view, 'modal')).toEqual([expect.stringContaining(`[json-pointer:${pointer}]`)]);
  });
});

describe('a home', () => {
  const home = (rest: object = {}) => ({ type: 'home', blocks: [{ type: 'divider' }], ...rest });

  it('is taken with a hundred blocks, inputs among them', () => {
    const blocks = [input, ...Array(99).fill({ type: 'divider' })];
    const ids = { private_metadata: 'x'.repeat(3000), callback_id: 'home' };
    expect(validateView(home({ blocks, ...ids }), 'home')).toEqual([]);
  });

  it.each([
    ['a title', home({ title: plain(5) }), '/view'],
    ['a submit button', home({ submit: plain(5) }), '/view'],
    ['a close button', home({ close: plain(5) }), '/view'],
    ['101 blocks', home({ blocks: Array(101).fill({ type: 'divider' }) }), '/view/blocks'],
    ['no blocks', home({ blocks: [] }), '/view/blocks'],
    ['a markdown block', home({ blocks: [{ type: 'markdown', text: 'x' }] }), '/view/blocks/0/type'],
    ['the type of a modal', home({ type: 'modal' }), '/view/type'],
    [
      'the same block_id twice',
      home({ blocks: Array(2).fill({ type: 'divider', block_id: 'a' }) }),
      '/view/blocks/1/block_id',
    ],
  ])('is refused with %s', (_, view, pointer) => {
    expect(validateView(view, 'home')).toEqual([expect.stringContaining(`[json-pointer:${pointer}]`)]);
  });
});

describe('textLength', () => {
  it('adds up every text in blocks', () => {
    expect(textLength([{ type: 'section', text: text(10), fields: [text(5)] }, actions(button())])).toBe(20);
  });
});
