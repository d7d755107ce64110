import { describe, expect, it } from 'vitest';
import { asClaim, whyFresh } from '../../../bot/approvers/fresh-requester.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const DAY = 86_400;
const OLD = '2026-03-01T11:59:59.000Z';
const NEW = '2026-03-01T12:00:01.000Z';

const ID = 'AIDAEXAMPLE';
const KEY = { id: 'AKIAEXAMPLE', createdAt: OLD };
const age = { userId: ID, createdAt: OLD, accessKeys: [KEY], passwordAt: OLD };
const user = { name: 'alice', id: ID, accessKeyId: KEY.id };
const known = { user, age, seenSince: OLD };
const session = { ...user, accessKeyId: 'ASIAEXAMPLE', sessionSince: OLD };
const console = { ...session, sessionSince: NEW, console: true as const };
const { passwordAt, ...withoutPassword } = age;
const { id, ...withoutId } = user;
const { accessKeyId, ...withoutKey } = user;

describe('the name of an IAM user', () => {
  it.each([
    ['has been its own, with its credentials, for a day', known, undefined],
    ['is of a user without a password', { ...known, age: withoutPassword }, undefined],
    ['was made', { ...known, age: { ...age, createdAt: NEW } }, 'made only just now'],
    [
      'got a key',
      { ...known, age: { ...age, accessKeys: [KEY, { id: 'AKIATWO', createdAt: NEW }] } },
      'access key or a password',
    ],
    ['got a password', { ...known, age: { ...age, passwordAt: NEW } }, 'access key or a password'],
    ['was given to another user', { ...known, seenSince: NEW }, 'never seen under this name'],
    ['could not be read', { ...known, age: undefined }, 'could not be found out'],
    ['is not known to the ledger', { ...known, seenSince: undefined }, 'could not be found out'],
    [
      'is another user’s by now',
      { ...known, age: { ...age, userId: 'AIDAANOTHER' } },
      'another user’s than the one that made the call',
    ],
    ['comes without a unique id', { ...known, user: withoutId }, 'does not tell which user'],
    ['comes without a key', { ...known, user: withoutKey }, 'does not tell which user'],
    ['comes without a user', { ...known, user: undefined }, 'does not tell which user'],
    [
      'comes with a key that is gone',
      { ...known, age: { ...age, accessKeys: [{ id: 'AKIATWO', createdAt: OLD }] } },
      'none of the user’s any more',
    ],
    ['comes with a session as old', { ...known, user: session }, undefined],
    ['comes with a new session', { ...known, user: { ...session, sessionSince: NEW } }, 'cannot be told'],
    [
      'comes with a session of unknown age',
      { ...known, user: { ...session, sessionSince: undefined } },
      'cannot be told',
    ],
    ['comes with a new session of the console', { ...known, user: console }, undefined],
    [
      'comes with a session of the console, and the password is gone',
      { ...known, user: console, age: withoutPassword },
      'password that opened the console session is gone',
    ],
  ])('%s', (_, found, why) => {
    const told = whyFresh(found as typeof known, NOW, DAY);
    if (why === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(why);
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
