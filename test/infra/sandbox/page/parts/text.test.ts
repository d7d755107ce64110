import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCountdown } from '../../../../../infra/sandbox/page/parts/format-countdown.ts';
import { tokenizeJson } from '../../../../../infra/sandbox/page/parts/json-tokens.ts';
import { splitLinks } from '../../../../../infra/sandbox/page/parts/links.ts';
import { safeUrl } from '../../../../../infra/sandbox/page/parts/safe-url.ts';

describe('addresses in foreign text', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    ' javascript:alert(1)',
    'no address',
  ])('%j becomes no link', (address) => {
    expect(safeUrl(address)).toBeUndefined();
  });

  test('http and https do, as they are written', () => {
    expect(safeUrl('http://localhost:3000/decide?a=b&c=d')).toBe('http://localhost:3000/decide?a=b&c=d');
    expect(safeUrl('https://a.example')).toBe('https://a.example');
  });

  test('are cut out of an e-mail without the full stop after them', () => {
    expect(splitLinks('Approve: http://a.example/x?y=z.\nOr not')).toEqual([
      { text: 'Approve: ' },
      { text: 'http://a.example/x?y=z', href: 'http://a.example/x?y=z' },
      { text: '.\nOr not' },
    ]);
  });

  test('lose nothing of the text around them', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const whole = `${text} https://a.example/ ${text}`;
        expect(
          splitLinks(whole)
            .map((part) => part.text)
            .join(''),
        ).toBe(whole);
      }),
    );
  });
});

describe('colouring a document', () => {
  test('tells keys from strings', () => {
    expect(tokenizeJson('{"a" : "b\\"c", "d":1}').filter(({ kind }) => kind !== 'other')).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'string', text: '"b\\"c"' },
      { kind: 'key', text: '"d"' },
    ]);
  });

  test('changes no byte of it, whatever it is', () => {
    const piece = fc.constantFrom('"', '\\', ':', '{', '\n', 'é', ' ');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          tokenizeJson(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

test.each([
  [0, '0:00'],
  [-5000, '0:00'],
  [59_001, '1:00'],
  [61_000, '1:01'],
  [3_723_000, '1:02:03'],
])('%i milliseconds are %s', (milliseconds, shown) => {
  expect(formatCountdown(milliseconds)).toBe(shown);
});
