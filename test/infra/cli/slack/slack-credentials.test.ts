import { describe, expect, it } from 'vitest';
import { parseInput, toCredentials } from '../../../../infra/cli/slack/slack-credentials.ts';

const GOOD = {
  signingSecret: '0123456789abcdef0123456789abcdef',
  clientId: '1234567890.9876543210',
  clientSecret: 'abcdefabcdefabcdefabcdefabcdefab',
};

const problemsOf = (given: Record<string, unknown>) => {
  try {
    toCredentials(given);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the credentials of the app', () => {
  it('are taken by key or by the name of a variable', () => {
    expect(toCredentials(GOOD)).toEqual(GOOD);
    const named = { ...GOOD, clientId: undefined, SLACK_CLIENT_ID: GOOD.clientId };
    expect(toCredentials(named)).toEqual(GOOD);
  });

  it('may come with a bot token, which may be empty', () => {
    expect(toCredentials({ ...GOOD, botToken: 'xoxb-1-2-a' })).toEqual({ ...GOOD, botToken: 'xoxb-1-2-a' });
    expect(toCredentials({ ...GOOD, botToken: '' })).toEqual(GOOD);
  });

  it('lose the white space around them', () => {
    expect(toCredentials({ ...GOOD, clientId: ` ${GOOD.clientId}\n` })).toEqual(GOOD);
  });

  it('are all named when they are bad, without their values', () => {
    const message = problemsOf({
      signingSecret: 'oops-not-hex',
      clientId: 'abc',
      botToken: 'xoxp-user',
      extra: 1,
    });
    expect(message).toMatch(
      /signingSecret: must be[\s\S]*clientId: must be[\s\S]*clientSecret: is missing[\s\S]*botToken: must begin/,
    );
    expect(message).toContain('extra: is not a credential');
    expect(message).not.toMatch(/oops-not-hex|abc\b|xoxp-user/);
  });

  it.each([
    ['a number', 42],
    ['an object', {}],
    ['null', null],
  ])('are not %s', (_, value) => {
    expect(problemsOf({ ...GOOD, clientId: value })).toContain('clientId');
  });
});

describe('what is piped in', () => {
  it('may be JSON', () => {
    expect(parseInput(JSON.stringify(GOOD))).toEqual(GOOD);
  });

  it('may be lines, with comments, quotes and export', () => {
    const text = '# from Slack\n\nexport SLACK_CLIENT_ID="1.2"\nclientSecret = \'a=b\'\r\nsigningSecret=x';
    expect(parseInput(text)).toEqual({ SLACK_CLIENT_ID: '1.2', clientSecret: 'a=b', signingSecret: 'x' });
  });

  it.each(['{"clientSecret": "hush"', '[1]hush', 'hush', '{"a"}hush'])(
    '%j is refused without being repeated',
    (text) => {
      expect(() => parseInput(text)).toThrow(/^Nothing was stored/);
      expect(() => parseInput(text)).not.toThrow(/hush/);
    },
  );
});
