import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { verifyDecisionLink } from '../../../bot/media/email/decision-link.ts';
import type { Contained, Ended, Waiting } from '../../../workflow/steps/payloads.ts';
import { hearFunctions } from '../../support/hear-functions.ts';
import { APPROVED, aChange, DENIED, INLINE, MANAGED } from '../../support/requests.ts';
import { contained, EXECUTION, quarantined } from '../notices/states.ts';
import { world } from './each-notify-world.ts';
import { LINK_KEY } from './notify-world.ts';

const record = async (state = quarantined('one')) =>
  (await world.notify({ step: 'record', state, executionArn: state.executionArn })) as Waiting;

const ask = (state: Waiting, retryCount = 0, taskToken = `token ${retryCount}`) =>
  world.notify({ step: 'request-approval', state, taskToken, retryCount });

const remind = (state: Waiting, retryCount = 0, taskToken = 'reminder token') =>
  world.notify({ step: 'remind', state: { ...state, due: ['reminder'] }, taskToken, retryCount });

const announce = (state: unknown, retryCount = 0) =>
  world.notify({ step: 'announce', state, retryCount }) as Promise<Ended>;

const escalate = (state: unknown) => world.notify({ step: 'escalate', state, executionArn: EXECUTION });

/** Recorded and asked, a while ago. */
async function asked(): Promise<Waiting> {
  const waiting = await record();
  await ask(waiting);
  world.pass(60);
  return waiting;
}

async function approvedAndRestored(): Promise<Contained> {
  const waiting = await asked();
  await world.ledger.decide('one', APPROVED);
  return contained(waiting, 'approved', 'v1 is in force again.');
}

const buttons = (message: unknown) => JSON.stringify(message).includes('"actions"');
const stored = () => world.ledger.read('one');
const trail = async () => (await world.ledger.auditTrail('one')).map(({ event }) => event);

describe('Record', () => {
  it('writes the request down and says how long to wait', async () => {
    expect(await record()).toMatchObject({ requestId: 'one', status: 'recorded', wait: { seconds: 3_600 } });
    expect(await stored()).toMatchObject({ status: 'pending', executionArn: EXECUTION });
    expect(await trail()).toEqual(['request.recorded']);
  });
});

describe('RequestApproval', () => {
  it('posts the request with its buttons, and remembers where', async () => {
    await ask(await record());
    const [message, ...others] = world.messages();
    expect(others).toEqual([]);
    expect(JSON.stringify(message?.blocks)).toContain('my-bad-policy');
    expect(buttons(message)).toBe(true);
    expect((await stored())?.slack).toEqual({
      ...{ channel: message?.channel, ts: message?.ts },
      permalink: expect.stringMatching(/^https:\/\/\S+\/p\d+$/),
    });
    expect(world.emails()).toEqual([]);
    expect(await trail()).toContain('request.asked');
  });

  it('never shows the task token', async () => {
    await ask(await record(), 0, 'the-secret-token');
    expect(JSON.stringify(world.messages())).not.toContain('the-secret-token');
  });

  it('posts once however often it is tried, and keeps the newest token', async () => {
    const waiting = await record();
    await ask(waiting, 0, 'old');
    await ask(waiting, 1, 'new');
    expect(world.messages()).toHaveLength(1);
    expect(await world.ledger.decide('one', APPROVED)).toMatchObject({ status: 'won', taskToken: 'new' });
  });

  it('does not ask about what is decided', async () => {
    const waiting = await record();
    await world.ledger.decide('one', APPROVED);
    await expect(ask(waiting)).rejects.toMatchObject({ name: 'PolicyGuard.AlreadyDecided' });
    expect(world.messages()).toEqual([]);
  });

  it('does not ask about what has ended', async () => {
    const waiting = await record();
    await world.ledger.close('one', 'gone', 'It was deleted.', '2026-03-01T12:00:05.000Z');
    await expect(ask(waiting)).rejects.toMatchObject({ name: 'PolicyGuard.AlreadyDecided' });
    expect(world.messages()).toEqual([]);
  });

  it('leaves waiting for Slack’s rate limit to the state machine, and goes by e-mail at last', async () => {
    await ask(await record());
    const second = await record(
      quarantined('two', {
        change: aChange({ requestId: 'two', target: INLINE }),
        containment: { type: 'inline-policy' },
      }),
    );
    await expect(ask(second, 7)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    expect(world.emails()).toEqual([]);
    await ask(second, 50);
    expect(world.emails()).toHaveLength(1);
  });

  it.each([
    ['Slack is down', () => Object.assign(world.slack.workspace, { up: false })],
    ['the bot is not in the channel', () => Object.assign(world.slack.workspace, { botInChannel: false })],
  ])('mails both links when %s', async (_, fail) => {
    fail();
    await ask(await record());
    const links = (world.emails()[0]?.text.match(/^(Approve|Deny): \S+$/gm) ?? []).map((line) =>
      line.split(': '),
    );
    expect(links.map(([label]) => label)).toEqual(['Approve', 'Deny']);
    const verified = links.map(([, url]) =>
      verifyDecisionLink(new URL(url ?? '').searchParams, LINK_KEY, new Date()),
    );
    expect(verified).toMatchObject([
      { status: 'valid', link: { requestId: 'one', decision: 'approve' } },
      { status: 'valid', link: { requestId: 'one', decision: 'deny' } },
    ]);
    expect((await stored())?.emailedAt).toBeDefined();
  });

  it('mails both links while the app is not installed yet', async () => {
    const notify = world.withSettings({ SLACK_SECRET_ARN: world.addSecret('{"signingSecret":"x"}') });
    await notify({ step: 'request-approval', state: await record(), taskToken: 't', retryCount: 0 });
    expect(world.emails()).toHaveLength(1);
  });

  it('mails once however often it is tried', async () => {
    world.slack.workspace.up = false;
    const waiting = await record();
    await ask(waiting);
    world.slack.workspace.up = true;
    await ask(waiting, 1);
    expect(world.emails()).toHaveLength(1);
    expect(world.messages()).toEqual([]);
  });

  it('fails by the name that is tried again when neither Slack nor e-mail takes it', async () => {
    const waiting = await record();
    world.slack.workspace.up = false;
    world.down.add('sns');
    await expect(ask(waiting)).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
      cause: { errors: [{ name: 'SlackCallError' }, { name: 'EmailNotSentError' }] },
    });
    world.down.clear();
    await ask(waiting, 1);
    expect(world.emails()).toHaveLength(1);
  });

  it('posts nothing that nobody could decide: without the ledger it is tried again', async () => {
    const waiting = await record();
    world.down.add('dynamodb');
    await expect(ask(waiting)).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
      cause: { name: 'LedgerUnavailableError' },
    });
    expect(world.messages()).toEqual([]);
    expect(world.emails()).toEqual([]);
  });
});

describe('ExpireOrRemind', () => {
  const next = (state: Waiting) => world.notify({ step: 'expire-or-remind', state });

  it('reminds while there is time', async () => {
    expect(await next(await asked())).toMatchObject({
      ...{ next: 'remind', due: [] },
      wait: { seconds: 3_540 },
    });
  });

  it('writes the expiry when the time is up', async () => {
    const waiting = await asked();
    world.pass(86_400);
    expect(await next(waiting)).toMatchObject({ next: 'discard' });
    expect((await stored())?.decision).toMatchObject({ decision: 'expired', via: 'timeout' });
  });

  it('restores what was approved meanwhile', async () => {
    const waiting = await asked();
    await world.ledger.decide('one', APPROVED);
    expect(await next(waiting)).toMatchObject({ next: 'restore' });
  });
});

describe('Remind', () => {
  it('only brings the new token after a wait that ended early', async () => {
    const state = { ...(await asked()), due: [] };
    await world.notify({ step: 'remind', state, taskToken: 'reminder token', retryCount: 0 });
    expect(world.messages()).toHaveLength(1);
    expect(await world.ledger.decide('one', APPROVED)).toMatchObject({ taskToken: 'reminder token' });
  });

  it('mails the administrator when that is due', async () => {
    const state = { ...(await asked()), due: ['admin-email'] };
    await world.notify({ step: 'remind', state, taskToken: 'reminder token', retryCount: 0 });
    expect(world.emails()).toMatchObject([
      { subject: 'Policy Guard: nobody has decided about my-bad-policy' },
    ]);
  });

  it('replies in the thread and shows the reply in the channel', async () => {
    await remind(await asked());
    const [request, reminder] = world.messages();
    expect(reminder).toMatchObject({ threadTs: request?.ts, broadcast: true });
    expect(await world.ledger.decide('one', APPROVED)).toMatchObject({ taskToken: 'reminder token' });
    expect(await trail()).toContain('request.reminded');
  });

  it('posts the whole request once Slack is back', async () => {
    world.slack.workspace.up = false;
    const waiting = await asked();
    world.slack.workspace.up = true;
    await remind(waiting);
    const [message] = world.messages();
    expect(buttons(message)).toBe(true);
    expect((await stored())?.slack?.ts).toBe(message?.ts);
  });

  it('posts the whole request anew when its message was deleted', async () => {
    const waiting = await asked();
    const [deleted] = world.messages();
    if (deleted) world.slack.workspace.remove(deleted);
    await remind(waiting);
    const [message] = world.messages();
    expect(buttons(message)).toBe(true);
    expect((await stored())?.slack?.ts).toBe(message?.ts);
  });

  it('mails both links when Slack has gone away', async () => {
    const waiting = await asked();
    world.slack.workspace.up = false;
    await remind(waiting);
    expect(world.emails()).toMatchObject([{ subject: expect.stringContaining('still waiting') }]);
    expect(world.emails()[0]?.text).toMatch(/^Approve: https:/m);
  });

  it('does not remind of what is decided', async () => {
    const waiting = await asked();
    await world.ledger.decide('one', DENIED);
    await expect(remind(waiting)).rejects.toMatchObject({ name: 'PolicyGuard.AlreadyDecided' });
    expect(world.messages()).toHaveLength(1);
  });
});

describe('Announce', () => {
  it('takes the buttons off the request, says what has happened, and closes it', async () => {
    const state = await approvedAndRestored();
    expect(await announce(state)).toEqual({
      outcome: 'approved',
      reason: 'v1 is in force again.',
      requestId: 'one',
    });
    const [message, reply] = world.messages();
    expect(JSON.stringify(message?.blocks)).not.toContain('"approve"');
    expect(message?.text).toContain('Approved by Robin in Slack: the grant has been put back');
    expect(reply).toMatchObject({ threadTs: message?.ts, broadcast: false });
    expect(await stored()).toMatchObject({ status: 'closed', outcome: 'approved' });
    expect(await trail()).toContain('outcome.announced');
  });

  it('goes on where Slack’s rate limit stopped it, with one reply at the end', async () => {
    const state = await approvedAndRestored();
    const other = await record(
      quarantined('two', {
        change: aChange({ requestId: 'two', target: INLINE }),
        containment: { type: 'inline-policy' },
      }),
    );
    await ask(other);
    await expect(announce(state)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    world.pass(2);
    await announce(state, 1);
    expect(world.messages().filter(({ threadTs }) => threadTs !== null)).toHaveLength(1);
  });

  it('posts the outcome anew when the request’s message was deleted', async () => {
    const state = await approvedAndRestored();
    world.slack.workspace.messages.length = 0;
    await announce(state);
    expect(world.messages()).toMatchObject([{ threadTs: null }]);
  });

  it('mails the outcome when Slack does not take it', async () => {
    const state = await approvedAndRestored();
    world.slack.workspace.up = false;
    await announce(state);
    expect(world.emails()).toMatchObject([{ subject: 'Policy Guard: approved: my-bad-policy' }]);
  });

  it('mails the outcome too when the request went by e-mail, with Slack back', async () => {
    world.slack.workspace.up = false;
    const waiting = await asked();
    world.slack.workspace.up = true;
    await world.ledger.decide('one', DENIED);
    await announce(contained(waiting, 'denied', 'v1 is deleted.'));
    expect(world.emails().map(({ subject }) => subject)).toEqual([
      'Policy Guard: decide about my-bad-policy',
      'Policy Guard: denied: my-bad-policy',
    ]);
    expect(world.messages()).toHaveLength(1);
  });

  it('says that a change ended before anybody could be asked', async () => {
    const { containment: _, ...state } = quarantined('one', { status: 'gone', detail: 'It was deleted.' });
    expect(await announce(state)).toEqual({ outcome: 'gone', reason: 'It was deleted.' });
    expect(world.messages()[0]?.text).toContain('Nobody was asked: It was deleted.');
  });

  it('tells in the thread of the request that its grant was put back and taken out of force again', async () => {
    await asked();
    const two = quarantined('two', { executionArn: `${EXECUTION}-two` });
    // Made after the first was taken out.
    const later = { ...two.change, eventTime: '2099-01-01T00:00:00Z' };
    const duplicate = await record({ ...two, change: later });
    expect(duplicate).toMatchObject({ status: 'duplicate', duplicateOf: 'one' });
    expect(await announce(duplicate)).toMatchObject({ outcome: 'duplicate', requestId: 'one' });
    const [request, reply] = world.messages();
    expect(reply?.threadTs).toBe(request?.ts);
    expect(await stored()).toMatchObject({ status: 'pending' });
  });

  it('says nothing of the same event delivered twice', async () => {
    await asked();
    const again = await record(quarantined('one', { executionArn: `${EXECUTION}-two` }));
    expect(await announce(again)).toMatchObject({ outcome: 'duplicate' });
    expect(world.messages()).toHaveLength(1);
    expect(await stored()).toMatchObject({ status: 'pending' });
  });
});

describe('Report', () => {
  const { change, inspection, document } = quarantined('one');
  const report = (state: unknown, executionArn = EXECUTION) =>
    world.notify({ step: 'report', state, executionArn, retryCount: 0 }) as Promise<Ended>;

  it('posts what was only observed, with a button for its details', async () => {
    const observed = { verdict: 'observed', reason: 'MODE is observe.', change, inspection, document };
    expect(await report(observed)).toMatchObject({ outcome: 'observed', requestId: 'one' });
    expect(world.messages()).toMatchObject([
      { text: expect.stringContaining('Would have been quarantined') },
    ]);
    expect(await stored()).toMatchObject({ status: 'closed', slack: { ts: world.messages()[0]?.ts } });
    expect(await report(observed, `${EXECUTION}-two`)).toMatchObject({ outcome: 'duplicate' });
    expect(world.messages()).toHaveLength(1);
  });

  it('leaves what an exempt requester did to the daily summary', async () => {
    const exemption = {
      pattern: 'arn:aws:sts::*:assumed-role/*',
      until: '2026-12-31',
      reason: 'It deploys.',
    };
    await report({ verdict: 'exempt', reason: 'Exempt.', change, inspection, document, exemption });
    expect(world.messages()).toEqual([]);
    await world.notify({ step: 'summarise', time: '2026-03-01T18:00:00Z' });
    expect(world.messages()).toMatchObject([
      { text: expect.stringContaining('1 change by exempt requesters') },
    ]);
    expect(JSON.stringify(world.messages()[0]?.blocks)).toContain('It deploys.');
  });
});

describe('AnnounceAllowed', () => {
  const allowed = {
    verdict: 'allowed',
    reason: 'It grants no restricted action.',
    notifyAllowed: true,
    change: aChange(),
  };
  const tell = (setting: string) =>
    world.withSettings({ NOTIFY_ALLOWED: setting })({
      step: 'announce-allowed',
      state: allowed,
      retryCount: 0,
    });

  it('posts where Slack was asked for', async () => {
    await tell('slack');
    expect(world.messages()).toMatchObject([{ text: expect.stringContaining('Allowed') }]);
    expect(world.emails()).toEqual([]);
  });

  it('mails where e-mail was asked for', async () => {
    await tell('email');
    expect(world.messages()).toEqual([]);
    expect(world.emails()).toMatchObject([{ subject: 'Policy Guard: allowed: my-bad-policy' }]);
  });
});

describe('while no clicks arrive', () => {
  it('every request that waits is mailed with its links when an operator asks for it', async () => {
    await asked();
    expect(world.emails()).toEqual([]);
    expect(await world.notify({ step: 'mail-waiting' })).toEqual({ mailed: 1, waiting: 1 });
    expect(world.emails()).toHaveLength(1);
    expect(world.emails()[0]?.links.filter((link) => link.includes('/decide'))).toHaveLength(2);
    expect(await stored()).toMatchObject({ status: 'pending' });
  });

  it('says so when an e-mail cannot be sent', async () => {
    await asked();
    world.down.add('sns');
    await expect(world.notify({ step: 'mail-waiting' })).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
    });
  });
});

describe('Escalate', () => {
  const failure = { Error: 'ServiceFailure', Cause: '{"errorMessage":"IAM did not answer."}' };

  it('is loud in Slack and by e-mail when quarantine has failed', async () => {
    await escalate({ verdict: 'restricted', reason: 'r', notifyAllowed: false, change: aChange(), failure });
    expect(world.messages()[0]?.text).toMatch(/^<!channel> .*NOT take a grant out of force/);
    expect(world.emails()[0]?.subject).toBe('Policy Guard: URGENT: could NOT take a grant out of force');
    for (const part of [
      'may still be in force',
      'IAM did not answer.',
      '“A change ended in failure” of infra/aws/RUNBOOK.md',
    ]) {
      expect(world.emails()[0]?.text.replace(/\s+/g, ' ')).toContain(part);
      expect(JSON.stringify(world.messages()[0]?.blocks)).toContain(part);
    }
  });

  it.each([
    undefined,
    null,
    'text',
    5,
    { list: [] },
    {},
    { change: { requestId: 1 }, failure: 'x', event: 5 },
  ])('does not mind a state like %j', async (state) => {
    await escalate(state);
    expect(world.messages()).toHaveLength(1);
    expect(world.emails()).toHaveLength(1);
  });

  it.each([
    [{ verdict: 'observed', reason: 'MODE is observe.' }, 'MODE or its entry says to observe only'],
    [{ verdict: 'exempt', reason: 'Exempt.' }, 'its requester is exempt'],
    [{ status: 'observed', detail: 'MODE is observe.' }, 'MODE or its entry says to observe only'],
  ])('says of a change that could not be reported that it was left alone: %j', async (state, why) => {
    await escalate({ ...state, change: aChange(), failure });
    expect(world.messages()[0]?.text).toContain(`nothing was touched, because ${why}`);
  });

  it('names the change out of the event when the inspection failed too', async () => {
    const event = JSON.parse(await readFile('fixtures/events/create-policy.json', 'utf8'));
    await escalate({ verdict: 'restricted', event, failure });
    expect(JSON.stringify(world.messages()[0]?.blocks)).toContain(event.detail.requestParameters.policyName);
  });

  it('goes without the change when that cannot be put into words', async () => {
    const target = { ...MANAGED, policyArn: 'arn:aws:iam::123456789012:policy/\ud800' };
    await escalate({ change: aChange({ target }), failure });
    expect(world.messages()).toHaveLength(1);
    expect(world.emails()).toHaveLength(1);
  });

  it('works without the ledger', async () => {
    const waiting = await record();
    world.down.add('dynamodb');
    await escalate({ ...waiting, failure });
    expect(world.messages()[0]?.text).toContain('was taken out of force');
    expect(world.emails()).toHaveLength(1);
  });

  it('leaves the request as it is, with its buttons: it is taken up again', async () => {
    const waiting = await asked();
    await escalate({ ...waiting, failure });
    expect(await stored()).toMatchObject({ status: 'pending' });
    expect(buttons(world.messages()[0])).toBe(true);
    expect(await trail()).toContain('escalated');
  });

  it('tells one incident once, and again when it lasts', async () => {
    const waiting = await asked();
    await escalate({ ...waiting, failure });
    await escalate({ ...waiting, failure });
    expect(world.emails()).toHaveLength(1);
    world.pass(13 * 3_600);
    await escalate({ ...waiting, failure });
    expect(world.emails()).toHaveLength(2);
  });

  it('says so when it is only the telling that failed', async () => {
    const state = await approvedAndRestored();
    await escalate({ ...state, failure });
    expect(world.emails()[0]?.text.replace(/\s+/g, ' ')).toContain(
      'The grant is back in force, as approved.',
    );
  });

  it('leaves the request of another execution alone', async () => {
    await asked();
    const duplicate = await record(quarantined('one', { executionArn: `${EXECUTION}-two` }));
    await escalate({ ...duplicate, failure });
    expect(await stored()).toMatchObject({ status: 'pending' });
  });

  it.each(['slack', 'email'] as const)('is content with the other way when %s fails', async (way) => {
    if (way === 'slack') world.slack.workspace.up = false;
    else world.down.add('sns');
    await escalate({ failure });
    expect(world.messages().length + world.emails().length).toBe(1);
  });

  it('fails when nobody heard of it, so that it is tried again', async () => {
    world.slack.workspace.up = false;
    world.down.add('sns');
    await expect(escalate({ failure })).rejects.toMatchObject({ name: 'PolicyGuard.NotDelivered' });
  });
});

describe('8. Secrets, task tokens and signed links are never logged', () => {
  it('keeps them out of the log even when everything fails', async () => {
    const waiting = await record();
    const heard = hearFunctions();
    const notify = world.withSettings({ LOG_LEVEL: 'DEBUG' });
    const request = { step: 'request-approval', state: waiting, taskToken: 'the-task-token', retryCount: 0 };
    world.slack.workspace.up = false;
    world.down.add('sns');
    const error: unknown = await notify(request).catch((thrown: unknown) => thrown);
    world.down.delete('sns');
    await notify({ ...request, retryCount: 1 });
    const log = [...heard, String(error)].join('');
    expect(log).toContain('This try to request-approval failed.');
    expect(log).toContain('SNS did not take an e-mail');
    for (const secret of ['the-task-token', 'signature=', LINK_KEY, ...Object.values(world.slack.secret)]) {
      expect(log).not.toContain(secret);
    }
  });
});
