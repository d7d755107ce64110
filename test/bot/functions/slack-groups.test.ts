import { describe, expect, it, vi } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { allText, modalProblems } from '../../support/block-kit.ts';
import { GENEROUS_MS } from '../../support/generous.ts';
import { aChange, aRequest, DENIED, MANAGED } from '../../support/requests.ts';
import { told, world } from './each-slack-world.ts';
import { CHANNEL, MESSAGE, type World } from './slack-world.ts';

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
      await world.ledger.storeTaskToken(id, `token-${id}`);
      await world.ledger.storeSlackMessage(id, { channel: CHANNEL, ts: `1.${i}`, threadTs: THREAD });
    }),
  );
  return ids;
}

const opened = () => world.slack.callsOf('views.open')[0]?.view as Record<string, unknown>;
const listed = () => JSON.parse(String(opened().private_metadata)) as { requestIds: string[] };
const read = (ids: readonly string[]) => Promise.all(ids.map((id) => world.ledger.read(id)));

describe('Approve all and Deny all', () => {
  it('list exactly what waits in the thread, and decide nothing yet', async () => {
    const ids = await group(5);
    await world.ledger.decide(ids[1] as string, DENIED);
    await world.ledger.storeSlackMessage(ids[2] as string, { channel: CHANNEL, ts: '9.9' });
    await world.click('approve_all', ids[0] as string);
    const waiting = [ids[0], ids[3], ids[4]];
    expect(listed().requestIds.toSorted()).toEqual(waiting);
    expect(listed()).toMatchObject({ channel: CHANNEL, threadTs: THREAD });
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
      await world.ledger.storeTaskToken(id, `token-${id}`);
      await world.ledger.storeSlackMessage(id, { channel: CHANNEL, ts: id, threadTs: THREAD });
    }
    await world.click(button, 'late');
    expect(listed().requestIds).toEqual(['early', 'between', 'late']);
  });

  it('ask for a reason only to deny', async () => {
    const [id] = await group(1);
    await world.click('deny_all', id as string);
    await world.click('approve_all', id as string);
    const views = world.slack.callsOf('views.open').map(({ view }) => JSON.stringify(view));
    expect(views.map((view) => view.includes('plain_text_input'))).toEqual([true, false]);
  });

  it('list the oldest 40 of 110, within the limits of Slack, and say how many there are', async () => {
    const ids = await group(110, {}, (i) => new Date(Date.UTC(2026, 2, 1, 12, 0, i)).toISOString());
    await world.click('deny_all', ids[0] as string);
    expect(modalProblems(opened())).toEqual([]);
    expect(listed().requestIds).toEqual(ids.slice(0, 40));
    expect(allText(opened()).match(/created the policy p\d+/g)).toHaveLength(40);
    expect(allText(opened())).toContain('the first 40 of 110; click again for the rest');
    const submitted = await world.submit('deny_all', listed(), 'Not this way.');
    expect(allText(JSON.parse(submitted.body).view)).toContain('70 changes left');
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
    expect(listed().requestIds).toEqual([id]);
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
    const { body } = await submit('approve_all', [id as string]);
    expect(allText(JSON.parse(body).view)).toContain('one request at a time');
    expect((await world.ledger.read(id as string))?.votes).toEqual([]);
  });
});

const submit = (callbackId: string, requestIds: string[], reason?: string | null) =>
  world.submit(callbackId, { requestIds, channel: CHANNEL, threadTs: THREAD }, reason);

describe('a group that is submitted', () => {
  it('is decided one by one, ten at once, for 40 requests, without a call to Slack for each', async () => {
    const ids = await group(40);
    // The first is taken only when ten are on their way: fewer at once would wait for ever.
    world.delivered = () => vi.waitUntil(() => world.results.length >= 10, { timeout: GENEROUS_MS });
    const { body } = await submit('approve_all', ids);
    expect((await read(ids)).every((request) => request?.decision?.decision === 'approved')).toBe(true);
    expect(new Set(world.results.map(({ taskToken }) => taskToken)).size).toBe(40);
    expect(world.slack.calls.length).toBeLessThan(3);
    expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
    expect(allText(JSON.parse(body).view)).toContain('40 decided, 0 counted, 0 not decided');
  });

  it('says of each what became of it', async () => {
    const ids = await group(3);
    await world.ledger.decide(ids[1] as string, DENIED);
    const { body } = await submit('deny_all', [...ids, 'pg-unknown'], 'Not this way.');
    const text = allText(JSON.parse(body).view);
    expect(modalProblems(JSON.parse(body).view)).toEqual([]);
    expect(text).toContain('2 decided, 0 counted, 2 not decided');
    expect(text).toContain('denied by Sam in Slack');
    expect(text).toContain('not known');
    expect((await world.ledger.read(ids[0] as string))?.decision?.reason).toBe('Not this way.');
  });

  it('is a vote on each where more approvers are needed, told once in the thread', async () => {
    const ids = await group(3, { approvalsNeeded: 2 });
    const { body } = await submit('approve_all', ids);
    expect(allText(JSON.parse(body).view)).toContain('Your approval is counted: 1 of 2');
    expect((await read(ids)).map((request) => request?.votes.length)).toEqual([1, 1, 1]);
    expect(world.slack.callsOf('chat.postMessage')).toMatchObject([{ thread_ts: THREAD }]);
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
    const { body } = await submit('approve_all', [...ids, 'mine']);
    expect(allText(JSON.parse(body).view)).toContain('1 decided, 0 counted, 1 not decided');
    expect((await world.ledger.auditTrail('mine')).map(({ event }) => event)).toEqual(['decision.refused']);
  });

  it('is decided by nobody who has lost the right since', async () => {
    const ids = await group(2);
    world.withSettings({ APPROVERS: 'U0GRACEHO' });
    await submit('approve_all', ids);
    expect((await read(ids)).map((request) => request?.status)).toEqual(['pending', 'pending']);
  });
});
