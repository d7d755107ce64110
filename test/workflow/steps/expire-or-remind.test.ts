import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import { afterWait, expireOrRemind, firstWait } from '../../../workflow/steps/expire-or-remind.ts';
import type { Waiting } from '../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aRequest, DENIED } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const EXPIRES = '2026-03-02T12:00:04.000Z';
const millisecondsLeft = (milliseconds: number) => new Date(Date.parse(EXPIRES) - milliseconds);

const CREATED = '2026-03-01T12:00:04.000Z';
const secondsOld = (seconds: number) => new Date(Date.parse(CREATED) + seconds * 1000);
const HOUR = 3_600;
/** Reminders after 1, 3, 7 and 15 hours, the e-mail after 12; the request is good for a day. */
const RULES = { reminderSeconds: HOUR, adminEmailSeconds: 12 * HOUR };

describe('how long the first wait lasts', () => {
  const request = { createdAt: CREATED, expiresAt: EXPIRES };

  it.each([
    ['until the first reminder', secondsOld(0), RULES, HOUR],
    ['until the e-mail, when that comes first', secondsOld(0), { ...RULES, adminEmailSeconds: 60 }, 60],
    [
      'until the end, when that comes first',
      secondsOld(0),
      { reminderSeconds: 1e7, adminEmailSeconds: 1e7 },
      86_400,
    ],
    ['for what is left, when it begins late', secondsOld(600), RULES, HOUR - 600],
    ['rounded up, so that it does not end before what it waits for', secondsOld(0.001), RULES, HOUR],
    ['at least a second, which is as short as a wait can be', millisecondsLeft(-5_000), RULES, 1],
  ])('%s', (_, now, rules, seconds) => {
    expect(firstWait(request, now, rules)).toBe(seconds);
  });
});

describe('what comes after a wait', () => {
  const request = aRequest('r1');

  it.each([
    ['restore', { ...request, status: 'decided', decision: APPROVED }],
    ['discard', { ...request, status: 'decided', decision: DENIED }],
    ['restore', { ...request, status: 'closed', outcome: 'approved', decision: APPROVED }],
  ] as const)('%s, when that was decided, even after the time is up', (next, decided) => {
    expect(afterWait(decided, millisecondsLeft(-60_000), RULES, 0)).toEqual({ next });
  });

  it.each([
    ['a reminder, then a wait that is twice as long', HOUR, 0, ['reminder'], 1, 2 * HOUR],
    ['the e-mail to the administrator', 12 * HOUR, 3, ['admin-email'], 4, 3 * HOUR],
    ['all that was missed, once each', 13 * HOUR, 0, ['reminder', 'admin-email'], 4, 2 * HOUR],
    ['nothing, where a wait has ended early', HOUR - 30, 0, [], 0, 30],
    ['nothing again of what lies behind', HOUR + 5, 1, [], 1, 2 * HOUR - 5],
    ['nothing more, and the rest of the time, after the last', 20 * HOUR, 5, [], 5, 4 * HOUR],
  ])('remind: %s', (_, age, nudged, due, then, seconds) => {
    const next = { next: 'remind', due, nudged: then, seconds };
    expect(afterWait(request, secondsOld(age), RULES, nudged)).toEqual(next);
  });

  it('remind with a second left, and for a second', () => {
    expect(afterWait(request, millisecondsLeft(1_000), RULES, 5)).toMatchObject({
      next: 'remind',
      seconds: 1,
    });
  });

  it.each([999, 0, -1])('expire, with %i ms left', (left) => {
    expect(afterWait(request, millisecondsLeft(left), RULES, 0)).toEqual({ next: 'expire' });
  });

  it('is an error for a request that ended without a decision: nothing would be right', () => {
    const ended = { ...request, status: 'closed', outcome: 'failed' } as const;
    expect(() => afterWait(ended, millisecondsLeft(0), RULES, 0)).toThrow(
      'r1 ended as failed without a decision',
    );
  });
});

describe('the ExpireOrRemind step', () => {
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
  const step = (now: Date, state: Waiting) => expireOrRemind({ ledger, now, nudgeRules: RULES }, state);

  it('hands the state on with the next wait while there is time, and writes nothing', async () => {
    const state = await waiting();
    expect(await step(secondsOld(3 * HOUR), { ...state, nudged: 1 })).toEqual({
      ...state,
      next: 'remind',
      due: ['reminder'],
      nudged: 2,
      wait: { seconds: 4 * HOUR },
    });
    expect((await ledger.read(state.requestId))?.status).toBe('pending');
  });

  it('writes that the request has expired when its time is up, and says so again when repeated', async () => {
    const state = await waiting();
    expect(await step(millisecondsLeft(0), state)).toEqual({ ...state, next: 'discard', due: [] });
    expect(await step(millisecondsLeft(-5_000), state)).toEqual({ ...state, next: 'discard', due: [] });
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
      { ledger: overtaken, now: millisecondsLeft(0), nudgeRules: RULES },
      state,
    );
    expect(next).toMatchObject({ next: 'restore' });
  });

  it('writes down when the state machine has found a decision, once', async () => {
    const state = await waiting();
    await ledger.decide(state.requestId, DENIED);
    await step(millisecondsLeft(0), state);
    await step(millisecondsLeft(-1), state);
    expect(await ledger.auditTrail(state.requestId)).toMatchObject([
      { at: EXPIRES, event: 'decision.delivered' },
    ]);
  });

  it('is an error for a request that the ledger does not know', async () => {
    const state = { ...(await waiting()), requestId: 'nowhere' };
    await expect(step(millisecondsLeft(0), state)).rejects.toMatchObject({ name: 'UnknownRequestError' });
  });
});
