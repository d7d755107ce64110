import { describe, expect, it } from 'vitest';
import { escalate } from '../../../../bot/notices/escalation/tell.ts';
import { stillInForce } from '../../../../bot/notices/still-in-force/tell.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import { fakeDeps } from '../fake-deps.ts';
import { quarantined } from '../states.ts';

/** It answers nobody, so it knows of no request, and of nothing that was told. */
const silent = new Proxy({} as Ledger, {
  get: () => () => Promise.reject(new Error('The ledger does not answer.')),
});
const MACHINE = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard';
const ROOT = '0123456789abcdef0123456789abcdef';
const failure = (name: string) => ({ Error: name, Cause: 'The ledger does not answer.' });

describe('a change without a request that cannot go on', () => {
  const outOfForce = { ...quarantined('one'), failure: failure('Lambda.Unknown') };
  const unread = { event: {}, failure: failure('States.DataLimitExceeded') };

  it.each([
    ['at first', 'e1', outOfForce, 1],
    ['when it is started again and nobody had been told', `again-${ROOT}-3`, outOfForce, 1],
    ['not when it is started again and people know', `told-${ROOT}-4`, outOfForce, 0],
    ['whatever people know, where it may be in force', `told-${ROOT}-5`, unread, 1],
  ])('is told %s', async (_when, name, state, times) => {
    const { deps, heard } = fakeDeps(silent);
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
