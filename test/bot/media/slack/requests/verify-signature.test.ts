import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../../../bot/media/slack/requests/verify-signature.ts';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const NOW = 1_531_420_618_000;

function signed(body: string, at = NOW / 1000, secret = SECRET) {
  const timestamp = String(at);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { body, timestamp, signature: `v0=${digest}` };
}

const verdict = (request: Parameters<typeof verifySignature>[0], secret = SECRET) =>
  verifySignature(request, secret, NOW);

describe('a signature', () => {
  it('is good when it is over this body and this time stamp', () => {
    expect(verdict(signed('payload=1'))).toEqual({ valid: true });
  });

  it('is the one of Slack’s own example', () => {
    // Source: docs.slack.dev, "Verifying requests from Slack".
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const request = {
      body,
      timestamp: '1531420618',
      signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    expect(verifySignature(request, '8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618_000)).toEqual({
      valid: true,
    });
  });

  it.each([
    ['a changed body', { ...signed('payload=1'), body: 'payload=2' }],
    ['another time stamp than the one signed', { ...signed('x'), timestamp: String(NOW / 1000 - 1) }],
    ['another secret', signed('x', NOW / 1000, 'another')],
    ['a hash that is cut off', { ...signed('x'), signature: signed('x').signature.slice(0, -1) }],
    ['another version', { ...signed('x'), signature: signed('x').signature.replace('v0', 'v1') }],
    ['no version', { ...signed('x'), signature: signed('x').signature.slice(3) }],
    ['an empty hash', { ...signed('x'), signature: 'v0=' }],
  ])('is refused as a mismatch for %s', (_, request) => {
    expect(verdict(request)).toMatchObject({ valid: false, mismatch: true });
  });

  it.each([
    ['six minutes old', signed('x', NOW / 1000 - 360)],
    ['just over five minutes old', signed('x', NOW / 1000 - 301)],
    ['of the future', signed('x', NOW / 1000 + 60)],
    ['of another age', signed('x', 99_999_999_999)],
    ['not a number', { ...signed('x'), timestamp: 'now' }],
    ['negative', { ...signed('x'), timestamp: '-1' }],
    ['missing', { ...signed('x'), timestamp: undefined }],
    ['there, but the signature is missing', { ...signed('x'), signature: undefined }],
    ['there, but the signature is empty', { ...signed('x'), signature: '' }],
  ])('is refused when its time stamp is %s, and reading the secret again would not help', (_, request) => {
    expect(verdict(request)).toMatchObject({ valid: false, mismatch: false });
  });

  it.each([-300, -1, 0, 5])('is good %i seconds from now', (seconds) => {
    expect(verdict(signed('x', NOW / 1000 + seconds))).toEqual({ valid: true });
  });
});
