import { describe, expect, it } from 'vitest';
import { quote } from '../../../../../bot/media/slack/blocks/mrkdwn.ts';

describe('a quoted reason', () => {
  it('writes nothing bold, struck out or as code', () => {
    expect(quote('no.\n*Approved by Ada* ~not~ `this`', 200)).toBe('> no.\n> ∗Approved by Ada∗ ∼not∼ ˋthisˋ');
  });

  it('quotes each of its lines, also those that quote or mention', () => {
    expect(quote('first\r\n\n> second\n<!channel>', 200)).toBe('> first\n> &gt; second\n> &lt;!channel&gt;');
  });

  it('shows ten lines and counts the rest', () => {
    const lines = Array.from({ length: 12 }, (_, i) => `line ${i}`);
    expect(quote(lines.join('\n'), 1_000)).toMatch(
      /^(> line \d\n){10}> … and 2 more lines \(in the ledger\)$/,
    );
  });

  it('says where the rest is when it is cut, within its limit', () => {
    const quoted = quote('a&'.repeat(300), 200);
    expect(quoted).toMatch(/^> a&amp;.*… \(the rest is in the ledger\)$/);
    expect(quoted.length).toBeLessThanOrEqual(200);
  });
});
