import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { allText } from '../../support/block-kit.ts';
import { aChange, aRequest, DENIED } from '../../support/requests.ts';
import { told, trail, world } from './each-slack-world.ts';
import { CHANNEL, GIVEN_UP_MS, MESSAGE, TEAM, type World } from './slack-world.ts';

/** A request that waits in Slack, as RequestApproval leaves it. */
async function waiting(overrides: Partial<ApprovalRequest> = {}): Promise<ApprovalRequest> {
  const request = aRequest('r1', overrides);
  await world.ledger.record(request);
  await world.ledger.storeTaskToken(aRequest('r1'), 'the-token');
  await world.ledger.storeSlackMessage('r1', MESSAGE);
  return request;
}

const stored = async () => (await world.ledger.read('r1')) as ApprovalRequest;

describe('a click on Approve', () => {
  it('is the decision: in the ledger, for the state machine, and without a word to the person', async () => {
    await waiting();
    expect(await world.click('approve', 'r1')).toEqual({ statusCode: 200, body: '' });
    expect(await stored()).toMatchObject({
      status: 'decided',
      decision: {
        decision: 'approved',
        by: { name: 'Ada Lovelace', slackUserId: 'U0ADALOVE' },
        via: 'slack',
      },
    });
    expect(world.results).toEqual([
      { taskToken: 'the-token', output: JSON.stringify({ decision: (await stored()).decision }) },
    ]);
    expect(told()).toEqual([]);
  });

  it('takes the buttons away and says whose decision it was, before the state machine is told', async () => {
    await waiting();
    let toldBefore: number | undefined;
    world.slack.answers.set('chat.update', () => {
      toldBefore = world.results.length;
      return undefined;
    });
    await world.click('approve', 'r1');
    const [update] = world.slack.callsOf('chat.update');
    expect(update).toMatchObject(MESSAGE);
    expect(allText(update?.blocks)).toContain('Approved by Ada Lovelace in Slack');
    expect(JSON.stringify(update?.blocks)).not.toMatch(/"(approve|deny)"/);
    expect(toldBefore).toBe(0);
  });

  it('counts though its message cannot be changed', async () => {
    await waiting();
    world.slack.answers.set('chat.update', () => ({ error: 'message_not_found' }));
    await world.click('approve', 'r1');
    expect((await stored()).decision?.decision).toBe('approved');
    expect(world.results).toHaveLength(1);
  });

  it('is answered though Slack hangs', async () => {
    await waiting();
    world.withSettings({}, { slackMs: GIVEN_UP_MS });
    world.slack.answers.set('chat.update', () => 'never');
    await world.click('approve', 'r1');
    expect(world.results).toHaveLength(1);
  });
});

describe('a click on Deny', () => {
  it('asks for the reason in a modal that says what will happen, and decides nothing', async () => {
    await waiting();
    await world.click('deny', 'r1');
    const [opened] = world.slack.callsOf('views.open');
    expect(opened).toMatchObject({
      trigger_id: expect.any(String),
      view: {
        callback_id: 'deny',
        private_metadata: JSON.stringify({ requestId: 'r1', channel: CHANNEL }),
      },
    });
    expect(allText(opened?.view)).toContain('Version v1 is deleted for good');
    expect((await stored()).status).toBe('pending');
  });

  it('is refused before a reason is written in vain', async () => {
    await waiting();
    await world.click('deny', 'r1', { user: 'U0GUESTGU' });
    expect(world.slack.callsOf('views.open')).toEqual([]);
    expect(told()[0]).toContain('Guests');
    expect(world.slack.told[0]?.text).toContain('These may decide: <@U0ADALOVE>');
    expect(await trail()).toEqual(['decision.refused']);
  });

  it('says so when Slack does not open the modal', async () => {
    await waiting();
    world.slack.answers.set('views.open', () => ({ error: 'expired_trigger_id' }));
    expect((await world.click('deny', 'r1')).statusCode).toBe(200);
    expect(told()[0]).toContain('nothing was decided');
  });

  it('on a request that is decided says whose decision it was', async () => {
    await waiting();
    await world.ledger.decide('r1', DENIED);
    await world.click('deny', 'r1');
    expect(told()[0]).toContain('denied by Sam in Slack');
    expect(world.slack.callsOf('views.open')).toEqual([]);
  });
});

describe('the reason for a denial', () => {
  it('is the decision when it is submitted: it fails the task, with the decision as its cause', async () => {
    await waiting();
    expect(await world.deny('r1', 'U0GRACEHO')).toEqual({ statusCode: 200, body: '' });
    expect((await stored()).decision).toMatchObject({ decision: 'denied', reason: 'Not without a ticket.' });
    const [result] = world.results;
    expect(result).toMatchObject({ taskToken: 'the-token', error: 'PolicyGuard.Denied' });
    expect(JSON.parse(result?.cause ?? '')).toMatchObject({
      decision: 'denied',
      by: { name: 'Grace Hopper' },
    });
    expect(allText(world.slack.callsOf('chat.update')[0]?.blocks)).toContain('> Not without a ticket.');
  });

  it.each([
    ['nothing', null],
    ['white space', ' \n\t '],
    ['signs that nobody sees', '\u200b\u2060'],
    ['dots', '...'],
  ])('is asked for again when it is %s', async (_, reason) => {
    await waiting();
    const { body } = await world.submit('deny', { requestId: 'r1', channel: CHANNEL }, reason);
    expect(JSON.parse(body)).toEqual({
      response_action: 'errors',
      errors: { reason: expect.stringContaining('Write why') },
    });
    expect((await stored()).status).toBe('pending');
  });

  it('is checked again when it is submitted, and says in the modal who may decide', async () => {
    await waiting();
    const { body } = await world.deny('r1', 'U0DANALEE');
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
    expect(allText(JSON.parse(body).view)).toContain('You look like the requester');
    expect(allText(JSON.parse(body).view)).toContain('<@U0GRACEHO>');
    expect((await stored()).status).toBe('pending');
    expect(await trail()).toEqual(['decision.refused']);
  });

  it('counts only where it was asked for in the security channel', async () => {
    await waiting();
    const { body } = await world.submit('deny', { requestId: 'r1', channel: 'C0OTHER' }, 'No.');
    expect(allText(JSON.parse(body).view)).toContain('security channel only');
    expect((await stored()).status).toBe('pending');
  });

  it('comes second to somebody who was first, and says so', async () => {
    await waiting();
    await world.ledger.decide('r1', DENIED);
    const { body } = await world.deny('r1');
    expect(allText(JSON.parse(body).view)).toContain('denied by Sam');
  });
});

describe('must always hold 3: one decision', () => {
  it('of two people at once, and the other one is told whose it was', async () => {
    await waiting();
    const clicks = await Promise.all([
      world.click('approve', 'r1', { user: 'U0ADALOVE' }),
      world.deny('r1', 'U0GRACEHO'),
    ]);
    const bodies = clicks.map(({ body }) => body);
    const { decision } = await stored();
    expect(world.results).toHaveLength(1);
    expect(JSON.stringify(world.results[0])).toContain(decision?.by.slackUserId);
    const answers = [...told(), ...bodies.filter((body) => body !== '')];
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain(`${decision?.decision} by ${decision?.by.name} in Slack`);
  });

  it('of one person who clicks ten times', async () => {
    await waiting();
    await Promise.all(Array.from({ length: 10 }, () => world.click('approve', 'r1')));
    expect(world.results).toMatchObject([{ taskToken: 'the-token' }]);
    expect(told()).toHaveLength(9);
    expect(told().every((text) => text.includes('Your decision stands: approved by'))).toBe(true);
  });

  it('and a late click is told who decided, only to the person who clicked', async () => {
    await waiting();
    await world.ledger.decide('r1', DENIED);
    await world.ledger.close('r1', 'denied', 'It is gone.', '2026-03-01T12:00:00.000Z');
    await world.click('approve', 'r1');
    expect(world.results).toEqual([]);
    expect(world.slack.told).toEqual([
      expect.objectContaining({ response_type: 'ephemeral', replace_original: false }),
    ]);
    expect(told()[0]).toContain('Nothing was changed by this: it had been denied by Sam in Slack');
  });

  it('and so is somebody who may not decide: what was decided is what they need to know', async () => {
    await waiting();
    await world.ledger.decide('r1', DENIED);
    await world.ledger.close('r1', 'denied', 'It is gone.', '2026-03-01T12:00:00.000Z');
    await world.click('approve', 'r1', { user: 'U0GUESTGU' });
    expect(told()[0]).toContain('it had been denied by Sam in Slack');
    expect((await world.ledger.recentAudit(1))[0]).toMatchObject({
      event: 'decision.refused',
      slackUserId: 'U0GUESTGU',
    });
  });

  it('delivers a decision again that the state machine never heard of', async () => {
    await waiting();
    await world.ledger.decide('r1', DENIED);
    await world.click('approve', 'r1');
    expect(world.results).toMatchObject([{ taskToken: 'the-token', error: 'PolicyGuard.Denied' }]);
  });
});

describe('a reason that was written', () => {
  it.each([
    [
      'Slack could not be asked',
      () => void world.slack.answers.set('users.info', () => ({ status: 503 })),
      'Slack could not be asked who you are (HTTP 503)',
    ],
    ['the ledger did not answer', () => void world.down.add('dynamodb'), 'The ledger did not answer'],
  ])('stays in the modal where %s', async (_, fail, why) => {
    await waiting();
    fail();
    const { body } = await world.deny('r1');
    expect(JSON.parse(body)).toEqual({
      response_action: 'errors',
      errors: { reason: expect.stringContaining(why) },
    });
    expect(world.results).toEqual([]);
  });

  it('goes where the person may not decide', async () => {
    await waiting();
    const { body } = await world.deny('r1', 'U0GUESTGU');
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
  });
});

describe('must always hold 5: who may decide is found out at the moment of the click', () => {
  it.each([
    ['a guest', { user: 'U0GUESTGU' }, 'Guests'],
    ['the requester', { user: 'U0DANALEE' }, 'You look like the requester'],
    ['somebody in another channel', { payload: { channel: { id: 'C0OTHER' } } }, 'security channel only'],
    [
      'somebody whom Slack does not know',
      { payload: { user: { id: 'U0NOBODY', name: 'nobody' } } },
      'could not be asked who you are',
    ],
  ] as const)('%s is refused, told why, and audited', async (_, click, why) => {
    await waiting();
    const { statusCode } = await world.click('approve', 'r1', click as Parameters<World['click']>[2]);
    expect(statusCode).toBe(200);
    expect((await stored()).status).toBe('pending');
    expect(world.results).toEqual([]);
    expect(told()[0]).toContain(why);
    expect(told()[0]).toContain('These may decide: <@U0ADALOVE>, <@U0GRACEHO>');
    const audit = (await world.ledger.auditTrail('r1')).at(-1);
    expect(audit).toMatchObject({
      ...{ event: 'decision.refused', requestId: 'r1', slackTeamId: TEAM },
      eventId: aChange().eventId,
      executionArn: (await stored()).executionArn,
    });
    const { user = 'U0ADALOVE', payload = {} } = click as {
      user?: string;
      payload?: { user?: { id: string } };
    };
    expect(audit?.slackUserId).toBe(payload.user?.id ?? user);
  });

  it.each([
    ['hangs', () => 'never' as const],
    ['is down', () => ({ status: 503 })],
    ['asks to wait', () => ({ status: 429, retryAfter: 30 })],
    ['knows no such person', () => ({ error: 'user_not_found' })],
    ['misses a scope', () => ({ error: 'missing_scope' })],
    ['answers nonsense', () => ({ user: 'Ada' })],
  ])('nobody decides while users.info %s', async (_, answer) => {
    await waiting();
    world.withSettings({}, { slackMs: GIVEN_UP_MS });
    world.slack.answers.set('users.info', answer);
    await world.click('approve', 'r1');
    expect((await stored()).status).toBe('pending');
    expect(told()[0]).toContain('could not be asked who you are');
  });

  it('somebody who has become a guest since the message was posted decides no more', async () => {
    await waiting();
    world.profiles({ is_restricted: true });
    await world.click('approve', 'r1');
    expect((await stored()).status).toBe('pending');
  });

  it('only the members of a named user group decide, and one that cannot be read names nobody', async () => {
    await waiting();
    world.withSettings({ APPROVERS: 'S0SECURITY' });
    world.slack.answers.set('usergroups.users.list', () => ({ error: 'fatal_error' }));
    await world.click('approve', 'r1');
    expect(told()[0]).toContain('could not be asked');
    world.slack.answers.set('usergroups.users.list', () => ({ error: 'no_such_subteam' }));
    await world.click('approve', 'r1');
    expect(told()[1]).toContain('You are not on the list of approvers');
    world.slack.answers.set('usergroups.users.list', () => ({ users: ['U0GRACEHO'] }));
    await world.click('approve', 'r1');
    expect((await stored()).status).toBe('pending');
    await world.click('approve', 'r1', { user: 'U0GRACEHO' });
    expect((await stored()).decision?.by.slackUserId).toBe('U0GRACEHO');
  });

  it('a request that nobody knows is refused', async () => {
    await world.click('approve', 'r-unknown');
    expect(told()[0]).toContain('not known');
    expect((await world.ledger.recentAudit(1))[0]).toMatchObject({ event: 'decision.refused' });
  });

  it('a request that has ended without a decision is said to have ended', async () => {
    await waiting();
    await world.ledger.close('r1', 'gone', 'The policy was deleted.', '2026-03-01T12:10:00.000Z');
    await world.click('approve', 'r1');
    expect(told()[0]).toContain('had ended already (gone)');
  });
});

describe('must always hold 8: every attempt is audited', () => {
  it('with Slack ids, event and execution, and never with the token', async () => {
    await waiting();
    await world.click('approve', 'r1');
    await world.deny('r1', 'U0GRACEHO');
    expect(await trail()).toEqual(['decision.approved', 'decision.refused']);
    const entries = await world.ledger.auditTrail('r1');
    expect(entries[0]).toMatchObject({
      ...{ slackUserId: 'U0ADALOVE', slackUserName: 'Ada Lovelace', slackTeamId: TEAM },
      ...{ eventId: aChange().eventId, executionArn: (await stored()).executionArn },
    });
    expect(JSON.stringify(entries)).not.toMatch(/the-token|xoxb/);
  });
});

describe('while something is down', () => {
  it('a decision that Step Functions cannot take is recorded, and the person is told', async () => {
    await waiting();
    world.down.add('states');
    await world.click('approve', 'r1');
    expect((await stored()).decision?.decision).toBe('approved');
    expect(told()[0]).toContain('recorded, but Step Functions could not be reached');
  });

  it('nothing is decided without the ledger, and the person is told', async () => {
    await waiting();
    world.down.add('dynamodb');
    expect((await world.click('approve', 'r1')).statusCode).toBe(200);
    world.down.delete('dynamodb');
    expect(told()[0]).toContain('The ledger did not answer');
    expect((await stored()).status).toBe('pending');
    expect(world.results).toEqual([]);
  });

  it('a person who cannot be told changes nothing about the refusal', async () => {
    await waiting();
    const payload = { response_url: 'http://127.0.0.1:9/' };
    const { statusCode } = await world.click('approve', 'r1', { user: 'U0GUESTGU', payload });
    expect(statusCode).toBe(200);
    expect((await stored()).status).toBe('pending');
  });

  it('a bug answers 500, so that Slack shows a warning instead of losing the click', async () => {
    await waiting();
    const view = { id: 'V0', type: 'modal', callback_id: 'deny', private_metadata: 'r1' };
    const payload = { type: 'view_submission', team: { id: TEAM }, user: { id: 'U0ADALOVE' }, view };
    const { statusCode } = await world.invoke(world.event({ payload: JSON.stringify(payload) }));
    expect(statusCode).toBe(500);
  });
});
