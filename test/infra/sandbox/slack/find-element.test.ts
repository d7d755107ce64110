import { describe, expect, it } from 'vitest';
import { findElement } from '../../../../infra/sandbox/slack/find-element.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const row = (block_id: string, ...elements: object[]) => ({ type: 'actions', block_id, elements });
const button = (value?: string) => ({ type: 'button', action_id: 'open', text: plain('Open'), value });
const menu = (type: string, rest: object = {}) => ({
  ...{ type, action_id: 'pick', options: [option('a'), option('b')] },
  ...rest,
});

describe('a button', () => {
  const rows = [row('one', button('r1')), row('two', button('r2')), row('three', button('r2'))];

  it('is the first of its action, unless more is said', () => {
    expect(findElement(rows, { action_id: 'open' })).toEqual({ blockId: 'one', element: button('r1') });
  });

  it('is told by its value, by its block, or by both', () => {
    expect(findElement(rows, { action_id: 'open', value: 'r2' }).blockId).toBe('two');
    expect(findElement(rows, { action_id: 'open', block_id: 'three' }).blockId).toBe('three');
    expect(findElement(rows, { action_id: 'open', block_id: 'three', value: 'r2' }).blockId).toBe('three');
  });

  it('is not found by what it is not', () => {
    expect(() => findElement(rows, { action_id: 'close' })).toThrow('no button close');
    expect(() => findElement(rows, { action_id: 'open', block_id: 'four' })).toThrow('no button open');
    expect(() => findElement(rows, { action_id: 'open', value: 'r3' })).toThrow('open has no r3');
    expect(() => findElement(rows, { action_id: 'open', block_id: 'one', value: 'r2' })).toThrow('has no r2');
  });

  it('that leads somewhere is sent with its address', () => {
    const link = { ...button('r1'), url: 'https://example.com/' };
    expect(findElement([row('one', link)], { action_id: 'open' }).element).toEqual(link);
  });

  it('that asks first is sent without the question', () => {
    const asking = { ...button('r1'), style: 'danger', confirm: { title: plain('Sure?') } };
    expect(findElement([row('one', asking)], { action_id: 'open' }).element).toEqual({
      ...{ ...button('r1'), style: 'danger' },
    });
  });

  it('can stand next to a section', () => {
    const section = { type: 'section', block_id: 'next', text: plain('x'), accessory: button('r1') };
    expect(findElement([section], { action_id: 'open', value: 'r1' }).blockId).toBe('next');
  });
});

describe('an option', () => {
  it.each(['overflow', 'static_select', 'radio_buttons'])('of %s is sent, and no other', (type) => {
    const { element } = findElement([row('one', menu(type))], { action_id: 'pick', value: 'b' });
    expect(element).toEqual({ type, action_id: 'pick', selected_option: option('b') });
  });

  it('of checkboxes is sent in a list', () => {
    const { element } = findElement([row('one', menu('checkboxes'))], { action_id: 'pick', value: 'b' });
    expect(element).toEqual({ type: 'checkboxes', action_id: 'pick', selected_options: [option('b')] });
  });

  it('is sent with the one that was there before, and the placeholder', () => {
    const rest = { initial_option: option('a'), placeholder: plain('Pick') };
    const { element } = findElement([row('one', menu('static_select', rest))], {
      action_id: 'pick',
      value: 'b',
    });
    expect(element).toMatchObject({ ...rest, selected_option: option('b') });
  });

  it('must be named, and offered', () => {
    const blocks = [row('one', menu('overflow'))];
    expect(() => findElement(blocks, { action_id: 'pick' })).toThrow('pick has options: name one');
    expect(() => findElement(blocks, { action_id: 'pick', value: 'c' })).toThrow('pick has no c');
  });
});
