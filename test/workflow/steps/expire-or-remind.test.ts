import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/documents/packed-document.ts';
import { createLedger } from '../../../workflow/ledger/dynamodb-ledger.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import { afterWait, expireOrRemind, waitSeconds } from '../../../workflow/steps/expire-or-remind.ts';
import type { Waiting } from '../../../workflow/steps/payloads.ts';
import type { LocalTable } from '../../support/dynalite.ts';
import { startLocalTable } from '../../support/dynalite.ts';
import { APPROVED, aRequest, DENIED } from '../../support/requests.ts';

const EXPIRES = '2026-03-02T12:00:04.000Z';
const millisecondsLeft = (milliseconds: number) => new Date(Date.parse(EXPIRES) - milliseconds);

describe('how long a wait lasts', () => {
  it.each([
    ['until the next reminder', 100_000, 60, 60],
    ['until the end, when that comes first', 30_000, 60, 30],
    ['rounded up, so that it does not end before the request', 29_001, 60, 30],
    ['at least a second, which is as short as a wait can be', -5_000, 60, 1],
  ])('%s', (_, left, reminder, seconds) => {
    expect(waitSeconds(EXPIRES, millisecondsLeft(left), reminder)).toBe(seconds);
  });
});

describe('what comes after a wait', () => {
  const request = aRequest('r1');

  it.each([
    ['restore', { ...request, status: 'decided', decision: APPROVED }],
    ['discard', { ...request, status: 'decided', decision: DENIED }],
    ['restore', { ...request, status: 'closed', outcome: 'approved', decision: APPROVED }],
  ] as const)('%s, when that was decided, even after the time is up', (next, decided) => {
    expect(afterWait(decided, millisecondsLeft(-60_000), 60)).toEqual({ next });
  });

  it('remind, while there is time', () => {
    expect(afterWait(request, millisecondsLeft(90_000), 60)).toEqual({ next: 'remind', seconds: 60 });
    expect(afterWait(request, millisecondsLeft(1_000), 60)).toEqual({ next: 'remind', seconds: 1 });
  });

  it.each([999, 0, -1])('expire, with %i ms left', (left) => {
    expect(afterWait(request, millisecondsLeft(left), 60)).toEqual({ next: 'expire' });
  });

  it('is an error for a request that ended without a decision: nothing would be right', () => {
    const ended = { ...request, status: 'closed', outcome: 'failed' } as const;
    expect(() => afterWait(ended, millisecondsLeft(0), 60)).toThrow('r1 ended as failed without a decision');
  });
});

describe('the ExpireOrRemind step', () => {
  let table: LocalTable;
  let ledger: Ledger;
  beforeAll(async () => {
    table = await startLocalTable();
    ledger = createLedger(table);
  });
  afterAll(() => table.stop());

  let count = 0;
  async function waiting(): Promise<Waiting> {
    const request = aRequest(`wait${++count}`, { document: pack(`${count}`) });
    await ledger.record(request);
    const { change, inspection, containment, executionArn } = request;
    return {
      requestId: request.id,
      status: 'recorded',
      change,
      inspection,
      containment,
      executionArn,
      wait: { seconds: 7 },
    };
  }
  const step = (now: Date, state: Waiting) => expireOrRemind({ ledger, now, reminderSeconds: 60 }, state);

  it('hands the state on with the next wait while there is time, and writes nothing', async () => {
    const state = await waiting();
    expect(await step(millisecondsLeft(90_000), state)).toEqual({
      ...state,
      next: 'remind',
      wait: { seconds: 60 },
    });
    expect((await ledger.read(state.requestId))?.status).toBe('pending');
  });

  it('writes that the request has expired when its time is up, and says so again when repeated', async () => {
    const state = await waiting();
    expect(await step(millisecondsLeft(0), state)).toEqual({ ...state, next: 'discard' });
    expect(await step(millisecondsLeft(-5_000), state)).toEqual({ ...state, next: 'discard' });
    expect((await ledger.read(state.requestId))?.decision).toEqual({
      decision: 'expired',
      by: { name: 'nobody' },
      via: 'timeout',
      at: EXPIRES,
    });
    expect((await ledger.auditTrail(state.requestId)).map(({ event }) => event)).toEqual([
      'decision.expired',
    ]);
  });

  it('follows an approval that came just before, instead of letting it expire', async () => {
    const state = await waiting();
    await ledger.decide(state.requestId, APPROVED);
    expect(await step(millisecondsLeft(0), state)).toMatchObject({ next: 'restore' });
  });

  it('follows an approval that comes while it writes the expiry', async () => {
    const state = await waiting();
    const overtaken: Ledger = {
      ...ledger,
      decide: async (id, decision) => {
        await ledger.decide(id, APPROVED);
        return ledger.decide(id, decision);
      },
    };
    const next = await expireOrRemind(
      { ledger: overtaken, now: millisecondsLeft(0), reminderSeconds: 60 },
      state,
    );
    expect(next).toMatchObject({ next: 'restore' });
  });

  it('notes that the state machine knows the decision, so that nobody delivers it again', async () => {
    const state = await waiting();
    await ledger.decide(state.requestId, DENIED);
    await step(millisecondsLeft(0), state);
    expect(await ledger.decide(state.requestId, APPROVED)).toMatchObject({ status: 'lost', delivered: true });
  });

  it('is an error for a request that the ledger does not know', async () => {
    const state = { ...(await waiting()), requestId: 'nowhere' };
    await expect(step(millisecondsLeft(0), state)).rejects.toMatchObject({ name: 'UnknownRequestError' });
  });
});
