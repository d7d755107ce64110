import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DecisionLink,
  decisionLinkUrl,
  verifyDecisionLink,
} from '../../../../bot/media/email/decision-link.ts';

const KEY = 'a-key-that-nobody-else-could-ever-know';
const PUBLIC_URL = 'https://guard.example.com';
const EXPIRES = 1_772_452_804;
const SENT = 1_772_366_405;
const inTime = new Date((EXPIRES - 1) * 1000);
const LINK: DecisionLink = {
  requestId: 'r1a2b3c4d5e6',
  decision: 'approve',
  expires: EXPIRES,
  sent: SENT,
};

const parametersOf = (url: string) => new URL(url).searchParams;
const genuine = () => parametersOf(decisionLinkUrl(PUBLIC_URL, LINK, KEY));
const verify = (parameters: URLSearchParams, now = inTime, key = KEY) =>
  verifyDecisionLink(parameters, key, now);

describe('a decision link', () => {
  it('leads to the page of the request', () => {
    expect(decisionLinkUrl('https://guard.example.com/base/', LINK, KEY)).toMatch(
      /^https:\/\/guard\.example\.com\/base\/decide\?request=r1a2b3c4d5e6&decision=approve&expires=1772452804&sent=1772366405&signature=[0-9a-f]{64}$/,
    );
  });

  it('is valid as it was made, until its time is up', () => {
    expect(verify(genuine())).toEqual({ status: 'valid', link: LINK });
    expect(verify(genuine(), new Date(EXPIRES * 1000))).toEqual({ status: 'expired', link: LINK });
  });

  it.each([
    ['the decision turned around', 'decision', 'deny'],
    ['another request', 'request', 'r9z8y7x6w5v4'],
    ['more time', 'expires', String(EXPIRES + 86_400)],
    ['another time of sending', 'sent', String(SENT + 60)],
    ['another signature', 'signature', '0'.repeat(64)],
  ])('is forged with %s', (_, name, value) => {
    const parameters = genuine();
    parameters.set(name, value);
    expect(verify(parameters)).toEqual({ status: 'forged', requestId: parameters.get('request') });
  });

  it('is forged, not expired, when only its age was changed', () => {
    const parameters = genuine();
    parameters.set('expires', '1');
    expect(verify(parameters).status).toBe('forged');
  });

  it('is forged under another key', () => {
    expect(verify(genuine(), inTime, `${KEY}!`).status).toBe('forged');
  });

  it('is malformed when a part is missing, doubled, or of another form', () => {
    for (const name of ['request', 'decision', 'expires', 'sent', 'signature']) {
      const missing = genuine();
      missing.delete(name);
      expect(verify(missing)).toEqual({ status: 'malformed' });
      const doubled = genuine();
      doubled.append(name, doubled.get(name) ?? '');
      expect(verify(doubled)).toEqual({ status: 'malformed' });
      for (const value of ['', '<script>', '1e9', '-1', 'approve\n', 'A'.repeat(65), '../x']) {
        const odd = genuine();
        odd.set(name, value);
        expect(verify(odd).status).not.toBe('valid');
      }
    }
  });

  it('is never valid with any single character of its query changed', () => {
    const query = genuine().toString();
    fc.assert(
      fc.property(fc.nat(query.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const changed = new URLSearchParams(query.slice(0, at) + character + query.slice(at + 1));
        fc.pre(changed.toString() !== query);
        const result = verify(changed);
        expect(result.status).not.toBe('valid');
        expect(result.status).not.toBe('expired');
      }),
    );
  });

  it('is neither made nor accepted with a key of fewer than 32 characters', () => {
    const weak = 'k'.repeat(31);
    expect(() => decisionLinkUrl(PUBLIC_URL, LINK, weak)).toThrow('fewer than 32 characters');
    expect(() => verify(genuine(), inTime, weak)).toThrow('fewer than 32 characters');
  });
});
