import { describe, expect, it } from 'vitest';
import { groupSince, isOneOfMany, remindsForGroup } from '../../../../bot/notices/group/rule.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aChange, aRequest } from '../../../support/requests.ts';

const at = (minutes: number) => new Date(Date.parse('2026-03-01T12:00:00Z') + minutes * 60_000).toISOString();
const by = (arn: string) => aChange({ requester: { type: 'IAMUser', label: arn, arn, names: [] } });

const made = (id: string, minutes: number, arn = 'arn:pipeline') =>
  aRequest(id, { createdAt: at(minutes), change: by(arn) });

describe('one of many', () => {
  const request = made('x', 20);
  const three = [made('a', 19), made('b', 20), made('c', 21)];

  it.each<[string, ApprovalRequest[], boolean]>([
    ['alone', [], false],
    ['with two others', three.slice(1), false],
    ['with three others', three, true],
    ['with itself in the list', [...three.slice(1), request], false],
    ['with one that somebody else made', [...three.slice(1), made('d', 20, 'arn:other')], false],
    ['with one of eleven minutes before', [...three.slice(1), made('d', 9)], false],
    ['with one of ten minutes before', [...three.slice(1), made('d', 10)], true],
    [
      'with one whose requester is written in capitals',
      [...three.slice(1), made('d', 20, 'ARN:PIPELINE')],
      true,
    ],
  ])('%s', (_, pending, many) => {
    expect(isOneOfMany(request, pending)).toBe(many);
  });

  it('stays so however late it is asked about', () => {
    expect(isOneOfMany(made('x', 0), [made('a', 0), made('b', 1), made('c', 2)])).toBe(true);
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
