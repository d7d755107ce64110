import { describe, expect, it } from 'vitest';
import type { ApprovalRequest, RequesterMatch } from '../../../workflow/ledger/request.ts';
import { allText } from '../../support/block-kit.ts';
import { aChange, aRequest, DENIED } from '../../support/requests.ts';
import { told, trail, world } from './each-slack-world.ts';
import { CHANNEL, GIVEN_UP_MS, MESSAGE } from './slack-world.ts';

const UNKNOWN: RequesterMatch = { status: 'unmatched', why: 'No Slack user has the address x@y.example' };

/** Made by a user of IAM, whom the table may settle alone. */
const BY_USER = aChange({ requestId: 'r1', requester: { ...aChange().requester, type: 'IAMUser' } });

async function waiting(overrides: Partial<ApprovalRequest> = {}): Promise<void> {
  await world.ledger.record(aRequest('r1', { approvalsNeeded: 2, requester: UNKNOWN, ...overrides }));
  await world.ledger.storeTaskToken(aRequest('r1'), 'the-token');
  await world.ledger.storeSlackMessage('r1', MESSAGE);
}

const stored = async () => (await world.ledger.read('r1')) as ApprovalRequest;
const shown = () => allText(world.slack.callsOf('chat.update').at(-1)?.blocks);
const posted = () => world.slack.callsOf('chat.postMessage');

describe('where two approvers are needed', () => {
  it('the first approval is a vote: it shows at once, the buttons stay, and nothing is decided', async () => {
    await waiting();
    await world.click('approve', 'r1');
    expect(await stored()).toMatchObject({
      status: 'pending',
      votes: [{ by: { slackUserId: 'U0ADALOVE' } }],
    });
    expect(world.results).toEqual([]);
    expect(shown()).toContain('Approved by <@U0ADALOVE> (1 of 2). One more approver is needed');
    expect(JSON.stringify(world.slack.callsOf('chat.update').at(-1))).toContain('"action_id":"approve"');
    expect(world.slack.callsOf('chat.update').at(-1)?.text).toContain('Approved by Ada Lovelace (1 of 2)');
    expect(told()).toEqual([]);
    expect(await trail()).toEqual(['vote.approved', 'vote.told']);
  });

  it('the thread is told of the vote', async () => {
    await waiting();
    await world.click('approve', 'r1');
    expect(posted()).toMatchObject([{ channel: CHANNEL, thread_ts: MESSAGE.ts }]);
    expect(allText(posted()[0]?.blocks)).toContain('Approved by Ada Lovelace (1 of 2)');
  });

  it('the thread is told once more where Slack asked to wait, of every vote so far', async () => {
    await waiting({ approvalsNeeded: 3 });
    await world.click('approve', 'r1');
    world.slack.answers.set('chat.postMessage', () =>
      posted().length === 2 ? { status: 429, retryAfter: 1 } : undefined,
    );
    await world.click('approve', 'r1', { user: 'U0GRACEHO' });
    expect(posted()).toHaveLength(3);
    expect(allText(posted()[2]?.blocks)).toContain('Approved by Ada Lovelace and Grace Hopper (2 of 3)');
  });

  it('a request of a group has the thread of its group', async () => {
    await waiting();
    const ts = `${MESSAGE.ts}5`;
    world.slack.workspace.add({ channel: MESSAGE.channel, ts, text: 'A group', blocks: [] });
    await world.ledger.storeSlackMessage('r1', { ...MESSAGE, threadTs: ts });
    await world.click('approve', 'r1');
    expect(posted()).toMatchObject([{ thread_ts: ts }]);
  });

  it('the second approver decides, and both stand in the message', async () => {
    await waiting();
    await world.click('approve', 'r1');
    await world.click('approve', 'r1', { user: 'U0GRACEHO' });
    expect((await stored()).decision).toMatchObject({ decision: 'approved', by: { name: 'Grace Hopper' } });
    expect(world.results).toHaveLength(1);
    expect(shown()).toContain('Approved by Ada Lovelace and Grace Hopper in Slack');
    expect(await trail()).toEqual(['vote.approved', 'vote.told', 'decision.approved']);
  });

  it('the same approver counts once, and is told so in private', async () => {
    await waiting();
    await world.click('approve', 'r1');
    await world.click('approve', 'r1');
    expect((await stored()).votes).toHaveLength(1);
    expect(told()).toEqual([expect.stringContaining('You have approved this already. One more approver')]);
    expect(await trail()).toEqual(['vote.approved', 'vote.told', 'decision.refused']);
  });

  it('one denial denies, whoever has approved', async () => {
    await waiting();
    await world.click('approve', 'r1');
    await world.deny('r1', 'U0GRACEHO');
    expect((await stored()).decision).toMatchObject({ decision: 'denied' });
    expect(world.results).toMatchObject([{ error: 'PolicyGuard.Denied' }]);
  });

  it('the vote counts though Slack shows it nowhere, and is answered', async () => {
    await waiting();
    world.withSettings({}, { slackMs: GIVEN_UP_MS });
    world.slack.answers.set('chat.update', () => 'never');
    world.slack.answers.set('chat.postMessage', () => 'never');
    expect((await world.click('approve', 'r1')).statusCode).toBe(200);
    expect((await stored()).votes).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5])('of votes at once none is left out of the message (round %i)', async () => {
    await waiting({ approvalsNeeded: 4, change: BY_USER });
    const people = ['U0ADALOVE', 'U0GRACEHO', 'U0DANALEE'] as const;
    // The requester of the fixture is Dana by name; the table says that this user is somebody else.
    await world.ledger.storeRequester('r1', { status: 'matched', slackUserId: 'U0SAM', by: 'table' }, 4);
    await Promise.all(people.map((user) => world.click('approve', 'r1', { user })));
    expect((await stored()).votes).toHaveLength(3);
    for (const person of people) expect(shown()).toContain(`<@${person}>`);
  });

  it('a vote that shows late does not bring the buttons of a decided request back', async () => {
    await waiting({ approvalsNeeded: 3 });
    world.slack.answers.set('chat.update', async () => {
      await world.ledger.decide('r1', DENIED);
      return undefined;
    });
    await world.click('approve', 'r1');
    expect((await stored()).status).toBe('decided');
    expect(shown()).toContain('Denied by Sam in Slack');
    const shownLast = JSON.stringify(world.slack.callsOf('chat.update').at(-1)?.blocks);
    expect(shownLast.match(/"action_id":"[^"]+"/g)).toEqual(['"action_id":"details"']);
  });
});

describe('the requester in Slack', () => {
  const matched: RequesterMatch = { status: 'matched', slackUserId: 'U0ADALOVE', by: 'table' };

  it('is refused by the match, whatever their names are', async () => {
    await waiting({ requester: matched });
    await world.click('approve', 'r1');
    expect(told()[0]).toContain('You made this change');
    expect((await stored()).votes).toEqual([]);
  });

  it('is nobody else where the table says who a user of IAM is', async () => {
    await waiting({ requester: matched, change: BY_USER });
    await world.click('approve', 'r1', { user: 'U0DANALEE' });
    expect((await stored()).votes).toMatchObject([{ by: { slackUserId: 'U0DANALEE' } }]);
  });

  it('may also be who a session is named after, though the table gives it to another', async () => {
    await waiting({ requester: matched });
    await world.click('approve', 'r1', { user: 'U0DANALEE' });
    expect(told()[0]).toContain('You look like the requester');
    expect((await stored()).votes).toEqual([]);
  });

  it('is refused too where a name that anybody could choose points to them', async () => {
    await waiting({ requester: { ...UNKNOWN, claims: 'U0ADALOVE' } });
    await world.click('approve', 'r1');
    expect(told()[0]).toContain('made in your name');
  });
});

describe('break glass', () => {
  const own: Partial<ApprovalRequest> = {
    approvalsNeeded: 1,
    requester: { status: 'matched', slackUserId: 'U0ADALOVE', by: 'table' },
  };
  const submit = (reason: string | null) =>
    world.submit('break_glass', { requestId: 'r1', channel: CHANNEL }, reason);
  const REASON = 'Production is down, and nobody else is awake.';

  it('asks an approver who made the change for a reason, and decides nothing yet', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting(own);
    await world.click('approve', 'r1');
    const [opened] = world.slack.callsOf('views.open');
    expect(opened).toMatchObject({ view: { callback_id: 'break_glass' } });
    expect(allText(opened?.view)).toContain('The whole channel and the administrator are told');
    expect((await stored()).votes).toEqual([]);
  });

  it('is decided by its reason, announced to the whole channel, and audited as what it is', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting(own);
    expect(await submit(REASON)).toEqual({ statusCode: 200, body: '' });
    expect((await stored()).decision).toMatchObject({ breakGlass: true, reason: REASON });
    expect(posted()).toMatchObject([{ channel: CHANNEL }]);
    expect(allText(posted()[0]?.blocks)).toMatch(/<!channel> <@U0ADALOVE> approved a change of their own/);
    expect(allText(posted()[0]?.blocks)).toContain(REASON);
    expect(await trail()).toEqual(expect.arrayContaining(['decision.approved', 'decision.break-glass']));
    expect(shown()).toContain('Approved by Ada Lovelace, who is also the requester (break glass), in Slack');
  });

  it('is one vote where more are needed', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting({ ...own, approvalsNeeded: 2 });
    await submit(REASON);
    expect(await stored()).toMatchObject({ status: 'pending', votes: [{ breakGlass: true }] });
    expect(world.results).toEqual([]);
    expect(
      posted()
        .map(({ blocks }) => allText(blocks))
        .join(),
    ).toContain('<!channel>');
    expect(shown()).toContain('who is also the requester (break glass)');
  });

  it.each([null, 'urgent', '         ', '.............'])(
    'takes more of a reason than %j',
    async (reason) => {
      world.withSettings({ BREAK_GLASS: 'true' });
      await waiting(own);
      expect(JSON.parse((await submit(reason)).body)).toMatchObject({ response_action: 'errors' });
      expect((await stored()).votes).toEqual([]);
    },
  );

  it('is no way around a setting that is off', async () => {
    await waiting(own);
    const { body } = await submit(REASON);
    expect(allText(JSON.parse(body).view)).toContain('You made this change');
    expect((await stored()).votes).toEqual([]);
    expect(posted()).toEqual([]);
  });

  it('is for approvers only', async () => {
    world.withSettings({ BREAK_GLASS: 'true', APPROVERS: 'U0GRACEHO' });
    await waiting(own);
    await submit(REASON);
    expect((await stored()).votes).toEqual([]);
  });

  it('does not deny', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting(own);
    const { body } = await world.deny('r1');
    expect(allText(JSON.parse(body).view)).toContain('You made this change');
    expect((await stored()).status).toBe('pending');
  });

  it('counts though the channel could not be told', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting(own);
    world.slack.answers.set('chat.postMessage', () => ({ error: 'channel_not_found' }));
    await submit(REASON);
    expect((await stored()).status).toBe('decided');
  });

  it('is not loud when somebody else approves with a reason', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    await waiting({ ...own, requester: { status: 'matched', slackUserId: 'U0SAM', by: 'table' } });
    await submit(REASON);
    expect((await stored()).decision).not.toHaveProperty('breakGlass');
    expect(posted()).toEqual([]);
  });
});
