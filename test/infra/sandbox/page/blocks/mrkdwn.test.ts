import { describe, expect, test } from 'vitest';
import { parseInline } from '../../../../../infra/sandbox/page/blocks/mrkdwn.ts';

describe('mrkdwn within a line', () => {
  test('knows bold, italic, struck and code', () => {
    expect(parseInline('a *b* _i_ ~s~ `c`')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'bold', children: [{ type: 'text', text: 'b' }] },
      { type: 'text', text: ' ' },
      { type: 'italic', children: [{ type: 'text', text: 'i' }] },
      { type: 'text', text: ' ' },
      { type: 'strike', children: [{ type: 'text', text: 's' }] },
      { type: 'text', text: ' ' },
      { type: 'code', text: 'c' },
    ]);
  });

  test('nests markers of different kinds', () => {
    expect(parseInline('*who _did_ it*')).toEqual([
      {
        type: 'bold',
        children: [
          { type: 'text', text: 'who ' },
          { type: 'italic', children: [{ type: 'text', text: 'did' }] },
          { type: 'text', text: ' it' },
        ],
      },
    ]);
  });

  test.each([
    'a_policy_name',
    '2 * 3 * 4',
    'arn:aws:iam::123456789012:policy/my_bad_policy',
    'arn:aws:s3:::* and s3:Get* and s3:Put*',
    'an unclosed *marker',
    '*across\nlines*',
    '**',
  ])('leaves %j as it is', (text) => {
    expect(parseInline(text)).toEqual([{ type: 'text', text }]);
  });

  test('shows an action pattern in code exactly as written', () => {
    expect(parseInline('`s3:Delete*` and `s3:*Bucket*`')).toEqual([
      { type: 'code', text: 's3:Delete*' },
      { type: 'text', text: ' and ' },
      { type: 'code', text: 's3:*Bucket*' },
    ]);
  });

  test('does not end bold inside code', () => {
    expect(parseInline('*all of `a* b` here*')).toEqual([
      {
        type: 'bold',
        children: [
          { type: 'text', text: 'all of ' },
          { type: 'code', text: 'a* b' },
          { type: 'text', text: ' here' },
        ],
      },
    ]);
  });

  test('never reads escaped text as a mention or a link', () => {
    expect(parseInline('&lt;!channel&gt; &lt;https://evil.example|here&gt; &amp;lt;', true)).toEqual([
      { type: 'text', text: '<!channel> <https://evil.example|here> &lt;' },
    ]);
  });

  test('reads mentions, links and dates', () => {
    expect(
      parseInline('<@U1><#C1|sec><!here><!subteam^S1|@team><https://a.example/?x=1&amp;y=2|A &amp; B>'),
    ).toEqual([
      { type: 'user', id: 'U1', label: undefined },
      { type: 'channel', id: 'C1', label: 'sec' },
      { type: 'broadcast', range: 'here' },
      { type: 'group', id: 'S1', label: '@team' },
      { type: 'link', url: 'https://a.example/?x=1&y=2', text: 'A & B' },
    ]);
    expect(parseInline('<!date^1700000000^{date} at {time}|then>')).toEqual([
      { type: 'date', unixSeconds: 1_700_000_000, format: '{date} at {time}', fallback: 'then' },
    ]);
  });

  test('makes links of addresses, without the full stop after them, unless the text is verbatim', () => {
    expect(parseInline('see https://a.example/b.')).toEqual([
      { type: 'text', text: 'see ' },
      { type: 'link', url: 'https://a.example/b', text: 'https://a.example/b' },
      { type: 'text', text: '.' },
    ]);
    expect(parseInline('see https://a.example/b.', true)).toEqual([
      { type: 'text', text: 'see https://a.example/b.' },
    ]);
  });

  test('reads the longest text that Slack takes, with markers alone', () => {
    expect(parseInline('*_~'.repeat(1000))).toHaveLength(750);
  });
});
