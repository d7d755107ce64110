import { describe, expect, it } from 'vitest';
import { groupSince, remindsForGroup, standing } from '../../../../bot/notices/group/rule.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aChange, aRequest } from '../../../support/requests.ts';

const at = (minutes: number) => new Date(Date.parse('2026-03-01T12:00:00Z') + minutes * 60_000).toISOString();
const by = (arn: string) => aChange({ requester: { type: 'IAMUser', label: arn, arn, names: [] } });

const made = (id: string, minutes: number, arn = 'arn:pipeline') =>
  aRequest(id, { createdAt: at(minutes), change: by(arn) });

describe('one of many', () => {
  const request = made('x', 20);
  const three = [made('a', 19), made('b', 20), made('c', 21)];

  const others = (count: number) => Array.from({ length: count }, (_, index) => made(`o${index}`, 20));

  it.each<[string, ApprovalRequest[], ReturnType<typeof standing>]>([
    ['alone', [], 'alone'],
    ['with two others', three.slice(1), 'alone'],
    ['with three others', three, 'thread'],
    ['with itself in the list', [...three.slice(1), request], 'alone'],
    [
      'with one that does not wait any more',
      [...three.slice(1), { ...made('d', 20), status: 'closed' }],
      'alone',
    ],
    ['with one that somebody else made', [...three.slice(1), made('d', 20, 'arn:other')], 'alone'],
    ['with one of eleven minutes before', [...three.slice(1), made('d', 9)], 'alone'],
    ['with one of ten minutes before', [...three.slice(1), made('d', 10)], 'thread'],
    [
      'with one whose requester is written in capitals',
      [...three.slice(1), made('d', 20, 'ARN:PIPELINE')],
      'thread',
    ],
    ['with forty-nine others', others(49), 'thread'],
    ['with fifty others', others(50), 'crowd'],
  ])('%s', (_, requests, where) => {
    expect(standing(request, requests)).toBe(where);
  });

  it('stays so however late it is asked about', () => {
    expect(standing(made('x', 0), [made('a', 0), made('b', 1), made('c', 2)])).toBe('thread');
  });

  it('joins no group that was opened more than ten minutes ago', () => {
    expect(groupSince(new Date(at(15)))).toBe(at(5));
  });
});

describe('the reminder of a group', () => {
  const [first, second, third] = [made('first', 0), made('second', 1), made('third', 2)];
  const members = [third, first, second];

  it('is given by the oldest on behalf of all', () => {
    expect(members.filter((each) => remindsForGroup(each, members))).toEqual([first]);
  });

  it('is given by the next oldest once the oldest is decided', () => {
    const now: ApprovalRequest[] = [third, { ...first, status: 'decided' }, second];
    expect(now.filter((each) => each.status === 'pending' && remindsForGroup(each, now))).toEqual([second]);
  });

  it('is given by one of two that were made at the same moment', () => {
    const twins = [made('b', 0), made('a', 0)];
    expect(twins.filter((each) => remindsForGroup(each, twins)).map(({ id }) => id)).toEqual(['a']);
  });

  it('is given by a request that stands by itself', () => {
    expect(remindsForGroup(first, [])).toBe(true);
  });

  it('is not given by each of those that are too many to be read', () => {
    expect(remindsForGroup(first, [second, third])).toBe(false);
  });
});
