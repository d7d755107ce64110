import { describe, expect, it } from 'vitest';
import { escalate } from '../../../../bot/notices/escalation/tell.ts';
import { stillInForce } from '../../../../bot/notices/still-in-force/tell.ts';
import { nameOf } from '../../../../workflow/events/started-again.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import { fakeDeps } from '../fake-deps.ts';
import { quarantined } from '../states.ts';

/** It answers nobody, so it knows of no request, and of nothing that was told. */
const silent = new Proxy({} as Ledger, {
  get: () => () => Promise.reject(new Error('The ledger does not answer.')),
});
const MACHINE = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard';
const ROOT = '0123456789abcdef0123456789abcdef';
const DEAD = { root: ROOT, secret: 'known to the ledger alone' };
const named = (attempts: number, isTold: boolean) => nameOf({ attempts, isTold }, DEAD);
const keeping = (kept: object | undefined) =>
  ({
    readRestart: async () => kept,
    readOpen: async () => undefined,
    audit: async () => {},
  }) as unknown as Ledger;
const failure = (name: string) => ({ Error: name, Cause: 'The ledger does not answer.' });

describe('a change without a request that cannot go on', () => {
  const outOfForce = { ...quarantined('one'), failure: failure('Lambda.Unknown') };
  const unread = { event: {}, failure: failure('States.DataLimitExceeded') };

  it.each([
    ['at first', 'e1', outOfForce, 1, silent],
    ['when it is started again and nobody had been told', named(3, false), outOfForce, 1, silent],
    ['not when it is started again and people know', named(4, true), outOfForce, 0, silent],
    ['whatever people know, where it may be in force', named(5, true), unread, 1, silent],
    ['not when the ledger shows that it is started again', named(4, true), outOfForce, 0, keeping(DEAD)],
    ['when the ledger shows no such execution', named(4, true), outOfForce, 1, keeping(undefined)],
    ['when it only bears such a name', `told-${ROOT}-4-${'0'.repeat(24)}`, outOfForce, 1, keeping(DEAD)],
  ])('is told %s', async (_when, name, state, times, ledger) => {
    const { deps, heard } = fakeDeps(ledger);
    await escalate(deps, { state, executionArn: `${MACHINE}:${name}` });
    expect(heard.posted).toHaveLength(times);
  });
});

describe('a grant that is still in force, while the ledger is silent', () => {
  const AT = '2026-03-01T12:10:00.000Z';
  const { change, inspection } = quarantined('one');
  const trouble = failure('PolicyGuard.Refused');
  const tryAgain = async (startedAt: string, trying?: object) => {
    const { deps, heard } = fakeDeps(silent);
    const state = { change, inspection, trouble, ...(trying && { trying }) };
    const result = await stillInForce(deps, { state, executionArn: `${MACHINE}:e1`, startedAt });
    return { told: heard.posted.length, toldAt: result.toldAt };
  };

  it('is told once by an execution that goes on trying, and twice a day', async () => {
    expect(await tryAgain('2026-03-01T12:09:00.000Z')).toEqual({ told: 1, toldAt: AT });
    const earlier = '2026-03-01T12:00:00.000Z';
    const known = { next: 'quarantine', seconds: 60, requestId: 'one', toldAt: earlier };
    expect(await tryAgain(earlier, known)).toEqual({ told: 0, toldAt: earlier });
    const yesterday = '2026-02-28T23:00:00.000Z';
    expect(await tryAgain(yesterday, { ...known, toldAt: yesterday })).toEqual({ told: 1, toldAt: AT });
  });

  it('is told once more when a day is over', async () => {
    const earlier = '2026-03-01T12:00:00.000Z';
    expect(await tryAgain('2026-02-28T12:00:00.000Z', { toldAt: earlier })).toEqual({ told: 1, toldAt: AT });
  });
});
