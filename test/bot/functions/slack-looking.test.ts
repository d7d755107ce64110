import { beforeEach, describe, expect, it } from 'vitest';
import { allText } from '../../support/block-kit.ts';
import { aRequest, DENIED } from '../../support/requests.ts';
import { trail, world } from './each-slack-world.ts';
import { MESSAGE } from './slack-world.ts';

beforeEach(async () => {
  await world.ledger.record(aRequest('r1'));
  await world.ledger.storeTaskToken(aRequest('r1'), 'the-token');
  await world.ledger.storeSlackMessage('r1', MESSAGE);
});

describe('a click on I’m looking', () => {
  it('shows on the message who looks, decides nothing, and is in the audit trail', async () => {
    expect(await world.click('look', 'r1')).toEqual({ statusCode: 200, body: '' });
    expect(await world.ledger.read('r1')).toMatchObject({
      status: 'pending',
      looking: { by: { slackUserId: 'U0ADALOVE' } },
    });
    const [update] = world.slack.callsOf('chat.update');
    expect(allText(update?.blocks)).toContain('<@U0ADALOVE> is looking');
    expect(world.results).toEqual([]);
    expect(await trail()).toContain('request.looking');
  });

  it('binds nobody: the same person or another decides as before', async () => {
    await world.click('look', 'r1');
    await world.click('approve', 'r1');
    expect((await world.ledger.read('r1'))?.status).toBe('decided');
  });

  it('is refused once it is decided, and says whose decision it was', async () => {
    await world.ledger.decide('r1', DENIED);
    await world.click('look', 'r1');
    expect(world.slack.told.map((message) => allText(message)).join()).toContain(
      'It waits no longer. Denied by Sam',
    );
    expect((await world.ledger.read('r1'))?.looking).toBeUndefined();
    expect(await trail()).toContain('request.looking-refused');
  });
});
