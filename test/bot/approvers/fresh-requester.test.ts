import { describe, expect, it } from 'vitest';
import { asClaim, whyFresh } from '../../../bot/approvers/fresh-requester.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const DAY = 86_400;
const OLD = '2026-03-01T11:59:59.000Z';
const NEW = '2026-03-01T12:00:01.000Z';
const age = { userId: 'AIDAEXAMPLE', createdAt: OLD, credentialAt: OLD };

describe('the name of an IAM user', () => {
  it.each([
    ['has been its own, with its credentials, for a day', { age, seenSince: OLD }, undefined],
    ['has no credentials of its own', { age: { userId: 'A', createdAt: OLD }, seenSince: OLD }, undefined],
    ['was made', { age: { ...age, createdAt: NEW }, seenSince: OLD }, 'made only just now'],
    ['got a key', { age: { ...age, credentialAt: NEW }, seenSince: OLD }, 'access key or a password'],
    ['was given to another user', { age, seenSince: NEW }, 'never seen under this name'],
    ['could not be read', { age: undefined, seenSince: OLD }, 'could not be found out'],
    ['is not known to the ledger', { age, seenSince: undefined }, 'could not be found out'],
  ])('%s', (_, known, why) => {
    const found = whyFresh(known, NOW, DAY);
    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(why);
  });
});

describe('a match that rests on a fresh name', () => {
  it('is a claim: whom it points to may not decide', () => {
    const match = { status: 'matched', slackUserId: 'U0GRACE', by: 'user-name' } as const;
    expect(asClaim(match, 'It is new')).toEqual({ status: 'unmatched', why: 'It is new', claims: 'U0GRACE' });
  });

  it('is none where there was none', () => {
    const match = { status: 'unmatched', why: 'Nobody' } as const;
    expect(asClaim(match, 'It is new')).toBe(match);
  });
});
