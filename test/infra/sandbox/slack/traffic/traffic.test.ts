import { describe, expect, it } from 'vitest';
import { createTraffic } from '../../../../../infra/sandbox/slack/traffic/traffic.ts';
import { answer, post, setUp } from '../fake-slack.ts';

describe('what Slack and the functions said to each other', () => {
  it('has both directions, newest first, with what was answered', async () => {
    const { slack, call } = setUp((_, request) => answer(`got ${request.body.length} bytes`));
    await slack.interactions.command({ user: 'U0ADALOVE', command: '/policy-guard', text: 'list' });
    await call('chat.postMessage', { channel: 'C0NOWHERE', text: 'hello' });
    expect(slack.traffic.list()).toMatchObject([
      { id: 2, from: 'guard', what: 'chat.postMessage', status: 200, error: 'channel_not_found' },
      { id: 1, from: 'slack', what: '/policy-guard list', status: 200, error: null },
    ]);
    const said = slack.traffic.find(1);
    expect(said).toMatchObject({
      method: 'POST',
      path: '/slack/events',
      headers: { 'x-slack-signature': '***' },
    });
    expect(said?.body).toContain('text=list');
    expect(said?.answer?.body).toMatch(/^got \d+ bytes$/);
    expect(JSON.stringify([said, slack.traffic.find(2)])).not.toMatch(/xoxb-|response%2F(?!\*)|v0=/);
  });

  it('tells that Slack is down, and leaves out what a browser asks', () => {
    const { slack } = setUp();
    slack.workspace.up = false;
    slack.handle(post('/slack.com/api/auth.test', ''));
    slack.handle(post('/slack.com/oauth/v2/authorize', ''));
    expect(slack.traffic.list()).toMatchObject([
      { what: 'auth.test', status: 503, error: 'service_unavailable' },
    ]);
  });

  it('notes a request before its answer, and both are told of', () => {
    let changes = 0;
    const traffic = createTraffic(() => {
      changes += 1;
    });
    const answered = traffic.asked('slack', post('/slack/events', 'payload={}'));
    expect([traffic.list()[0]?.status, traffic.find(1)?.answer, changes]).toEqual([null, null, 1]);
    answered(answer('', 500));
    expect([traffic.list()[0]?.status, changes]).toEqual([500, 2]);
  });

  it('forgets the oldest when there are many, or much', () => {
    const traffic = createTraffic(() => {});
    for (let n = 0; n < 205; n += 1) traffic.asked('slack', post('/slack/events', 'x'));
    expect([traffic.list().length, traffic.find(5), traffic.find(6)?.id]).toEqual([200, undefined, 6]);
    for (let n = 0; n < 10; n += 1) traffic.asked('slack', post('/slack/events', 'x'.repeat(900_000)));
    expect(traffic.list()).toHaveLength(4);
  });
});
