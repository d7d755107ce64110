import { describe, expect, it, vi } from 'vitest';
import { type GroupJob, sealJob } from '../../../bot/app/background/job.ts';
import type { GroupOrigin } from '../../../bot/app/views/group-modal.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { allText, modalProblems } from '../../support/block-kit.ts';
import { GENEROUS_MS } from '../../support/generous.ts';
import { aChange, aRequest, DENIED, MANAGED } from '../../support/requests.ts';
import { told, world } from './each-slack-world.ts';
import { CHANNEL, MESSAGE, SIGNING_SECRET, TEAM, type World } from './slack-world.ts';

const THREAD = MESSAGE.ts;
const SOMEBODY_ELSE = { status: 'matched', slackUserId: 'U0SAM', by: 'table' } as const;

/** Requests that wait in the thread of one group. */
async function group(
  count: number,
  overrides: Partial<ApprovalRequest> = {},
  createdAt?: (index: number) => string,
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `pg-${String(i).padStart(10, 'a')}`);
  await Promise.all(
    ids.map(async (id, i) => {
      const target = { ...MANAGED, policyArn: `arn:aws:iam::123456789012:policy/p${i}` };
      const change = aChange({ requestId: id, target } as object);
      const request = aRequest(id, { change, document: pack(id), requester: SOMEBODY_ELSE, ...overrides });
      if (createdAt) request.createdAt = createdAt(i);
      await world.ledger.record(request);
      await world.ledger.storeTaskToken(aRequest(id), `token-${id}`);
      await world.ledger.storeSlackMessage(id, { channel: CHANNEL, ts: `1.${i}`, threadTs: THREAD });
    }),
  );
  return ids;
}

const opened = () => world.slack.callsOf('views.open')[0]?.view as Record<string, unknown>;
const origin = () => JSON.parse(String(opened().private_metadata)) as GroupOrigin;
const listed = async () =>
  (await world.ledger.readListing(origin().requestId, origin().listingId))?.requestIds ?? [];
const read = (ids: readonly string[]) => Promise.all(ids.map((id) => world.ledger.read(id)));

describe('Approve all and Deny all', () => {
  it('list exactly what waits in the thread, and decide nothing yet', async () => {
    const ids = await group(5);
    await world.ledger.decide(ids[1] as string, DENIED);
    await world.ledger.storeSlackMessage(ids[2] as string, { channel: CHANNEL, ts: '9.9' });
    await world.click('approve_all', ids[0] as string);
    const waiting = [ids[0], ids[3], ids[4]];
    expect((await listed()).toSorted()).toEqual(waiting);
    expect(origin()).toMatchObject({ channel: CHANNEL, threadTs: THREAD, count: 3 });
    for (const id of waiting) expect(allText(opened())).toContain(id);
    expect(allText(opened())).toContain('You approve 3 changes');
    expect((await read(ids)).map((request) => request?.status)).toEqual([
      'pending',
      'decided',
      'pending',
      'pending',
      'pending',
    ]);
  });

  it.each(['approve_all', 'deny_all'])('list the oldest change first: %s', async (button) => {
    for (const [id, time] of Object.entries({ late: '12:20', early: '12:00', between: '12:10' })) {
      const change = aChange({ requestId: id, eventTime: `2026-03-01T${time}:00Z` });
      await world.ledger.record(aRequest(id, { change, document: pack(id), requester: SOMEBODY_ELSE }));
      await world.ledger.storeTaskToken(aRequest(id), `token-${id}`);
      await world.ledger.storeSlackMessage(id, { channel: CHANNEL, ts: id, threadTs: THREAD });
    }
    await world.click(button, 'late');
    expect(await listed()).toEqual(['early', 'between', 'late']);
  });

  it('ask for a reason only to deny', async () => {
    const [id] = await group(1);
    await world.click('deny_all', id as string);
    await world.click('approve_all', id as string);
    const views = world.slack.callsOf('views.open').map(({ view }) => JSON.stringify(view));
    expect(views.map((view) => view.includes('plain_text_input'))).toEqual([true, false]);
  });

  it('list the oldest 40 of 110 one by one, and tell what the others grant together', async () => {
    const ids = await group(110, {}, (i) => new Date(Date.UTC(2026, 2, 1, 12, 0, i)).toISOString());
    await world.click('deny_all', ids[0] as string);
    expect(modalProblems(opened())).toEqual([]);
    expect(await listed()).toEqual(ids);
    expect(allText(opened()).match(/created the policy p\d+/g)).toHaveLength(40);
    expect(allText(opened())).toContain('You deny 110 changes');
    expect(allText(opened())).toContain('And 70 more');
    expect(allText(opened())).toContain('*Grants:* `s3:DeleteBucket`');
  });

  it.each([
    ['a guest', { user: 'U0GUESTGU' }, 'Guests'],
    ['somebody in another channel', { payload: { channel: { id: 'C0OTHER' } } }, 'security channel only'],
  ] as const)('refuse %s', async (_, click, why) => {
    const [id] = await group(1);
    await world.click('approve_all', id as string, click as Parameters<World['click']>[2]);
    expect(told()[0]).toContain(why);
    expect(world.slack.callsOf('views.open')).toEqual([]);
  });

  it('list what waits behind many newer changes of the same requester', async () => {
    const [id] = await group(1);
    const newer = Array.from({ length: 101 }, (_, i) =>
      aRequest(`newer${i}`, {
        change: aChange({ requestId: `newer${i}`, eventTime: '2026-03-01T12:30:00Z' }),
        document: pack(`newer${i}`),
      }),
    );
    await Promise.all(newer.map((request) => world.ledger.record(request)));
    await world.click('deny_all', id as string);
    expect(await listed()).toEqual([id]);
  });

  it('say that nothing waits any more', async () => {
    const [id] = await group(1);
    await world.ledger.decide(id as string, DENIED);
    await world.click('approve_all', id as string);
    expect(told()[0]).toContain('None of these changes waits');
  });

  it('break no glass for a whole group', async () => {
    world.withSettings({ BREAK_GLASS: 'true' });
    const [id] = await group(1, { requester: { ...SOMEBODY_ELSE, slackUserId: 'U0ADALOVE' } });
    await world.click('approve_all', id as string);
    expect(told()[0]).toContain('one request at a time');
    await submit('approve_all', [id as string]);
    expect(shown()).toContain('one request at a time');
    expect((await world.ledger.read(id as string))?.votes).toEqual([]);
  });
});

/** Submits the modal of a list, and waits for what is done in the background. */
async function submit(callbackId: string, requestIds: string[], reason?: string | null) {
  const answer = await start(callbackId, requestIds, reason);
  await world.background();
  return answer;
}

async function start(callbackId: string, requestIds: string[], reason?: string | null) {
  const [requestId = ''] = requestIds;
  await world.ledger.storeListing(requestId, 'listing', { requestIds, at: new Date().toISOString() });
  const place = { channel: CHANNEL, threadTs: THREAD };
  const metadata = { requestId, listingId: 'listing', count: requestIds.length, ...place };
  return world.submit(callbackId, metadata, reason);
}

/** The newest that the thread shows of it. */
const shown = () => allText(world.slack.callsOf('chat.update').at(-1));

const approvedAll = async (ids: readonly string[]) =>
  (await read(ids)).every((request) => request?.decision?.decision === 'approved');

describe('a group that is submitted', () => {
  it('is answered at once, and decided in the background, ten at once, without a call to Slack for each', async () => {
    const ids = await group(40);
    // The first is taken only when ten are on their way: fewer at once would wait for ever.
    world.delivered = () => vi.waitUntil(() => world.results.length >= 10, { timeout: GENEROUS_MS });
    const { body } = await start('approve_all', ids);
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
    expect(allText(JSON.parse(body).view)).toContain('40 changes* are being decided');
    await world.background();
    expect(await approvedAll(ids)).toBe(true);
    expect(new Set(world.results.map(({ taskToken }) => taskToken)).size).toBe(40);
    const inThread = world.slack.callsOf('chat.postMessage');
    expect(inThread).toMatchObject([{ thread_ts: THREAD }]);
    expect(allText(inThread)).toContain('approves 40 changes of this thread: 0 of 40 so far');
    expect(shown()).toContain('40 decided, 0 not decided');
  });

  it('is any number', async () => {
    const ids = await group(150);
    await submit('approve_all', ids);
    expect(await approvedAll(ids)).toBe(true);
    expect(shown()).toContain('150 decided, 0 not decided');
  });

  it('says of each that was not decided why', async () => {
    const ids = await group(3);
    await world.ledger.decide(ids[1] as string, DENIED);
    await submit('deny_all', [...ids, 'pg-unknown'], 'Not this way.');
    expect(shown()).toContain('2 decided, 2 not decided');
    expect(shown()).toContain('denied by Sam in Slack');
    expect(shown()).toContain('not known');
    expect((await world.ledger.read(ids[0] as string))?.decision?.reason).toBe('Not this way.');
  });

  it('is a vote on each where more approvers are needed, told once in the thread', async () => {
    const ids = await group(3, { approvalsNeeded: 2 });
    await submit('approve_all', ids);
    expect(shown()).toContain('3 approvals counted; each of these still needs more approvers');
    expect((await read(ids)).map((request) => request?.votes.length)).toEqual([1, 1, 1]);
    expect(world.slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  it('is not denied without a reason', async () => {
    const ids = await group(2);
    expect(JSON.parse((await submit('deny_all', ids, '  ')).body)).toMatchObject({
      response_action: 'errors',
    });
    expect((await read(ids)).map((request) => request?.status)).toEqual(['pending', 'pending']);
  });

  it('is checked again for each: the requester of one is refused for that one, and audited', async () => {
    const ids = await group(1);
    const mine = aRequest('mine', {
      document: pack('mine'),
      requester: { ...SOMEBODY_ELSE, slackUserId: 'U0ADALOVE' },
    });
    await world.ledger.record(mine);
    await submit('approve_all', [...ids, 'mine']);
    expect(shown()).toContain('1 decided, 1 not decided');
    expect((await world.ledger.auditTrail('mine')).map(({ event }) => event)).toEqual(['decision.refused']);
  });

  it('is decided by nobody who has lost the right since', async () => {
    const ids = await group(2);
    world.withSettings({ APPROVERS: 'U0GRACEHO' });
    await submit('approve_all', ids);
    expect((await read(ids)).map((request) => request?.status)).toEqual(['pending', 'pending']);
  });

  it('starts nothing where Lambda takes no job, keeps what was typed, and says so in the thread', async () => {
    const ids = await group(2);
    world.down.add('lambda');
    const { body } = await submit('deny_all', ids, 'Not this way.');
    expect(JSON.parse(body)).toMatchObject({ response_action: 'errors' });
    expect(shown()).toContain('nothing was decided');
    expect((await read(ids)).map((request) => request?.status)).toEqual(['pending', 'pending']);
  });

  it('is tried again where the ledger did not answer, and decides nothing twice', async () => {
    const ids = await group(12);
    await start('approve_all', ids);
    world.delivered = async () => {
      if (world.results.length === 3) world.down.add('dynamodb');
    };
    await expect(world.background()).rejects.toThrow();
    world.down.delete('dynamodb');
    world.delivered = async () => {};
    await submit('approve_all', ids);
    expect(await approvedAll(ids)).toBe(true);
    expect(shown()).toContain('12 decided, 0 not decided');
    expect((await read(ids)).map((request) => request?.votes.length)).toEqual(ids.map(() => 1));
  });
});

describe('a job that somebody else gives to the function', () => {
  const job = (at: Date): GroupJob => ({
    ...{ decision: 'approved', userId: 'U0ADALOVE', userName: 'ada', teamId: TEAM },
    ...{ channel: CHANNEL, threadTs: THREAD, requestId: 'pg-1', listingId: 'listing', at: at.toISOString() },
  });

  it.each([
    ['without a seal', { groupJob: JSON.stringify(job(new Date())), seal: '' }],
    ['sealed with another secret', sealJob(job(new Date()), 'another')],
    ['sealed long ago', sealJob(job(new Date(Date.now() - 2 * 3_600_000)), SIGNING_SECRET)],
    [
      'changed afterwards',
      { ...sealJob(job(new Date()), SIGNING_SECRET), groupJob: JSON.stringify(job(new Date(0))) },
    ],
  ])('decides nothing: %s', async (_, event) => {
    const [id = ''] = await group(1);
    await world.ledger.storeListing('pg-1', 'listing', { requestIds: [id], at: new Date().toISOString() });
    await world.invoke(event);
    expect(await read([id])).toMatchObject([{ status: 'pending', votes: [] }]);
  });
});
