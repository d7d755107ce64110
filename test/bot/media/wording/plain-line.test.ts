import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLine, plainText, shorten } from '../../../../bot/media/wording/plain-line.ts';

describe('foreign text as one line', () => {
  it.each([
    ['line breaks and tabs', 'dana\r\n\tDecision: approved', 'dana Decision: approved'],
    ['text turned around', 'policy\u202Egnp.exe', 'policy\\u{202e}gnp.exe'],
    ['characters of no width', 'ad\u200Bmin\u2060', 'ad\\u{200b}min\\u{2060}'],
    ['control characters', 'a\u0000b\u001B[2Kc\u0085d', 'a\\u{0}b\\u{1b}[2Kc\\u{85}d'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['half a character', 'a\uD83Db', 'a\\u{d83d}b'],
    ['blank letters', 'a\u3164b', 'a\\u{3164}b'],
  ])('shows %s for what they are', (_, text, shown) => {
    expect(plainLine(text)).toBe(shown);
  });

  it('leaves what people write as it is', () => {
    expect(plainLine('Zoë 山田 🙂 <b>&amp; “quoted”')).toBe('Zoë 山田 🙂 <b>&amp; “quoted”');
  });

  it('is a line, whatever comes in, and stays the same when it is made plain again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = plainLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(plainLine(line)).toBe(line);
      }),
    );
  });
});

describe('foreign text of several lines', () => {
  it('keeps line breaks and tabs, and shows everything else that cannot be seen', () => {
    expect(plainText('a\r\n\tb\rc\u202Ed')).toBe('a\n\tb\nc\\u{202e}d');
  });
});

describe('shortening', () => {
  it.each([
    ['leaves what fits', 'policy', 6, 'policy'],
    ['ends in an ellipsis', 'policies', 6, 'polic…'],
    ['leaves no half of a character', 'abcd🙂ef', 6, 'abcd…'],
  ])('%s', (_, text, length, shown) => {
    expect(shorten(text, length)).toBe(shown);
  });
});
