import { describe, expect, it } from 'vitest';
import { foreign } from '../../../../bot/media/email/lines.ts';

describe('foreign text in an e-mail', () => {
  it.each([
    ['an address', 'see https://evil.example/approve', 'see https[:]//evil[.]example/approve'],
    ['a bare domain', 'approve at evil.example', 'approve at evil[.]example'],
    ['a bare domain with a path', 'evil.example/approve', 'evil[.]example/approve'],
    ['a domain below another', 'login.evil.co.uk', 'login[.]evil[.]co[.]uk'],
    ['what begins with www', 'WWW.evil.example', 'WWW[.]evil[.]example'],
    ['an e-mail address', 'mallory@evil.example', 'mallory@evil[.]example'],
    ['a domain in another script', 'пример.рф', 'пример[.]рф'],
    ['a domain with a full stop of another script', 'evil。example', 'evil[.]example'],
    ['an international domain', 'evil.xn--p1ai', 'evil[.]xn--p1ai'],
    ['a domain with accents of their own', 'e\u0301vil.e\u0301x', 'e\u0301vil[.]e\u0301x'],
    ['a port', 'evil.example:8443', 'evil[.]example:8443'],
  ])('makes no link of %s', (_, text, shown) => {
    expect(foreign(text)).toBe(shown);
  });

  it.each([
    'It is out of force. Somebody has to decide.',
    'Version v1.2 of 2026-03-01, 3.5 s',
    'arn:aws:iam::123456789012:role/deployer',
    'AWS console …',
  ])('leaves “%s” as it is', (text) => {
    expect(foreign(text)).toBe(text);
  });

  it('stays the same when it is made foreign again', () => {
    const once = foreign('https://evil.example www.evil.example');
    expect(foreign(once)).toBe(once);
  });
});
