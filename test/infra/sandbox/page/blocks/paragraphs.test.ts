import { expect, test } from 'vitest';
import { parseMrkdwn } from '../../../../../infra/sandbox/page/blocks/paragraphs.ts';

test('a fence keeps its text as it is, decoded', () => {
  expect(parseMrkdwn('before\n```\n{"a": "b*c*d", "e": "&lt;f&gt;"}\n```\nafter')).toEqual([
    { type: 'paragraph', children: [{ type: 'text', text: 'before' }] },
    { type: 'preformatted', text: '{"a": "b*c*d", "e": "<f>"}' },
    { type: 'paragraph', children: [{ type: 'text', text: 'after' }] },
  ]);
});

test('lines that begin with a quotation mark are a quotation together', () => {
  expect(parseMrkdwn('&gt; one\n> two\nthree')).toEqual([
    { type: 'quote', children: [{ type: 'text', text: 'one\ntwo' }] },
    { type: 'paragraph', children: [{ type: 'text', text: 'three' }] },
  ]);
});

test('a fence that is never closed is text', () => {
  expect(parseMrkdwn('```never closed')).toEqual([
    { type: 'paragraph', children: [{ type: 'text', text: '```never closed' }] },
  ]);
});
