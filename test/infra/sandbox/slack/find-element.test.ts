import { describe, expect, it } from 'vitest';
import { findElement } from '../../../../infra/sandbox/slack/find-element.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const row = (block_id: string, ...elements: object[]) => ({ type: 'actions', block_id, elements });
const button = (value?: string) => ({ type: 'button', action_id: 'open', text: plain('Open'), value });

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
