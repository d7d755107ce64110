import { expect, test } from 'vitest';
import { parsePermalink } from '../../../../../infra/sandbox/page/slack/permalink.ts';

test('a permalink leads to a message of a channel', () => {
  expect(parsePermalink('https://example.slack.com/archives/C0SECURITY/p1700000000000100')).toEqual({
    channel: 'C0SECURITY',
    ts: '1700000000.000100',
  });
});

test('one with a thread leads to the reply', () => {
  const address =
    'https://example.slack.com/archives/C0/p1700000001000200?thread_ts=1700000000.000100&cid=C0';
  expect(parsePermalink(address)).toEqual({ channel: 'C0', ts: '1700000001.000200' });
});

test.each([
  'https://slack.com.example.com/archives/C0/p1700000000000100',
  'https://evilslack.com/archives/C0/p1700000000000100',
  'http://example.slack.com/archives/C0/p1700000000000100',
  'https://example.slack.com/archives/C0',
  'not an address',
])('%s is none', (address) => {
  expect(parsePermalink(address)).toBeUndefined();
});
