import { describe, expect, it } from 'vitest';
import { maskedBody, maskedHeaders } from '../../../../../infra/sandbox/slack/traffic/mask.ts';

const FORM = 'application/x-www-form-urlencoded';
const TOKEN = 'xoxb-123456789-abcDEF_456';

describe('what is kept of a request', () => {
  it.each([
    ['authorization', `Bearer ${TOKEN}`, '***'],
    ['X-Slack-Signature', 'v0=abc', '***'],
    ['cookie', 'session=1', '***'],
    ['content-type', FORM, FORM],
    ['x-note', `is ${TOKEN}`, 'is ***'],
  ])('the header %s: %s is %s', (name, value, shown) => {
    expect(maskedHeaders({ [name]: value })).toEqual({ [name]: shown });
  });

  it('several values of a header stand in one', () => {
    expect(maskedHeaders({ link: ['a', 'b'] })).toEqual({ link: 'a, b' });
  });

  it.each([
    ['a token in a form', FORM, `token=${TOKEN}&channel=C1`, 'token=***&channel=C1'],
    ['any token of a form', FORM, 'token=legacy&user=U1', 'token=***&user=U1'],
    ['what an installation trades', FORM, 'code=12.ab&client_secret=s&x=1', 'code=***&client_secret=***&x=1'],
    ['a form without secrets, as it was encoded', FORM, 'text=a%20b&x=%7B%7D', 'text=a%20b&x=%7B%7D'],
    [
      'a token in JSON',
      'application/json',
      '{"access_token":"s3","ok":true}',
      '{"access_token":"***","ok":true}',
    ],
    ['a token in any text', 'text/plain', `see ${TOKEN}.`, 'see ***.'],
    [
      'a rotated token',
      'application/json',
      '{"x":"xoxe.xoxb-1-abc","refresh_token":"xoxe-1-def"}',
      '{"x":"***","refresh_token":"***"}',
    ],
    [
      'JSON in JSON',
      'application/json',
      JSON.stringify({ inner: JSON.stringify({ token: 'legacy' }) }),
      JSON.stringify({ inner: JSON.stringify({ token: '***' }) }),
    ],
    [
      'a response_url in JSON',
      'application/json',
      '{"response_url":"http://localhost/slack.com/response/ab-C_d"}',
      '{"response_url":"http://localhost/slack.com/response/***"}',
    ],
  ])('%s', (_, type, body, shown) => {
    expect(maskedBody(body, type)).toBe(shown);
  });

  it('a payload within a form, whose other fields stay', () => {
    const payload = JSON.stringify({
      token: 'legacy',
      response_url: 'http://h/slack.com/response/abc',
      n: 1,
    });
    const shown = new URLSearchParams(maskedBody(new URLSearchParams({ payload, a: 'b' }).toString(), FORM));
    expect(JSON.parse(shown.get('payload') ?? '')).toEqual({
      ...{ token: '***', response_url: 'http://h/slack.com/response/***', n: 1 },
    });
    expect(shown.get('a')).toBe('b');
  });
});
