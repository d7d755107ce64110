import { describe, expect, test } from 'vitest';
import type { Requester } from '../../../workflow/events/change.ts';
import type { Evaluation } from '../../../workflow/inspection/must-quarantine.ts';
import { sha256 } from '../../../workflow/inspection/packed-document.ts';
import { type Comparing, compare, restrictedNow } from '../../../workflow/inventory/compare.ts';
import type { Seen } from '../../../workflow/inventory/seen.ts';
import type { Grant, InventoryEntry } from '../../../workflow/ledger/inventory.ts';

const AT = '2026-11-28T12:00:00.000Z';
const BEFORE = '2026-11-01T12:00:00.000Z';
const DEVON: Requester = { type: 'IAMUser', label: 'devon', names: ['devon'] };

const target = { type: 'inline-policy', entity: 'role', entityName: 'r', policyName: 'p' } as const;
const seen: Seen = {
  ...{ kind: 'role', name: 'r', id: 'AROA1', arn: 'arn:aws:iam::123456789012:role/r', madeAt: BEFORE },
  grants: [{ key: 'k', target, document: '{}', sha256: sha256('{}') }],
};

const known = (grant: Partial<Grant>): InventoryEntry => ({
  ...{ kind: 'role', name: 'r', id: 'AROA1', arn: seen.arn },
  grants: {
    k: {
      ...{ target, sha256: sha256('{}'), since: BEFORE, seenAt: BEFORE, restricted: false, status: 'known' },
      ...grant,
    },
  },
});

const comparing = (evaluation: Evaluation, more: Partial<Comparing> = {}): Comparing => ({
  at: AT,
  shownAt: AT,
  evaluate: () => evaluation,
  isExempt: () => false,
  isStock: () => false,
  isForgotten: () => false,
  originOf: () => ({ since: BEFORE }),
  ...more,
});

describe('a grant that nobody has changed', () => {
  test.each<[string, Partial<Grant>, Evaluation, Grant['status'], boolean]>([
    ['was harmless, and is restricted', {}, 'restricted', 'reported', true],
    ['was harmless, and is observed', {}, 'observed', 'reported', true],
    ['was observed, and is restricted', { restricted: true, observed: true }, 'restricted', 'reported', true],
    ['was exempt, and is so no more', { restricted: true, exempt: DEVON }, 'restricted', 'reported', true],
    ['is as restricted as it was', { restricted: true }, 'restricted', 'known', false],
    ['was restricted, and is observed', { restricted: true }, 'observed', 'known', false],
    ['was stock, and is restricted now', { status: 'stock' }, 'restricted', 'reported', true],
    [
      'was restricted stock, and counts for more now',
      { status: 'stock', restricted: true, observed: true },
      'restricted',
      'stock',
      true,
    ],
    ['was told already', { status: 'reported', restricted: true }, 'restricted', 'reported', false],
    ['was found', { status: 'found', restricted: true, observed: true }, 'restricted', 'found', false],
    ['was new, and is harmless now', { status: 'open', restricted: true }, 'harmless', 'known', false],
  ])('that %s', (_, before, evaluation, status, isTold) => {
    const entry = compare(seen, known(before), comparing(evaluation));
    expect(entry.grants.k).toMatchObject({ status, since: BEFORE, restricted: evaluation !== 'harmless' });
    expect(restrictedNow(known(before), entry)).toHaveLength(Number(isTold));
  });

  test('and whose requester is exempt still is not told', () => {
    const before = known({ restricted: true, exempt: DEVON });
    const entry = compare(
      seen,
      before,
      comparing('restricted', { isExempt: ({ label }) => label === 'devon' }),
    );
    expect(entry).toEqual(before);
    expect(restrictedNow(before, entry)).toEqual([]);
  });
});

describe('a grant that the inventory does not know', () => {
  test.each<[string, Partial<Comparing>, Grant['status'], number]>([
    ['is looked at', {}, 'open', 0],
    ['is told, where it should have known it', { isForgotten: () => true }, 'reported', 1],
    ['is stock in the first run', { isStock: () => true }, 'stock', 0],
  ])('%s', (_, more, status, told) => {
    const entry = compare(seen, undefined, comparing('restricted', more));
    expect(entry.grants.k).toMatchObject({ status });
    expect(restrictedNow(undefined, entry)).toHaveLength(told);
  });

  test('has since when and by whom, where the first run finds it', () => {
    const originOf = () => ({ since: BEFORE, by: 'devon' });
    const entry = compare(seen, undefined, comparing('restricted', { isStock: () => true, originOf }));
    expect(entry.grants.k).toMatchObject({ since: BEFORE, by: 'devon', seenAt: AT });
  });

  test('of another role of that name is not what was known', () => {
    const entry = compare({ ...seen, id: 'AROA2' }, known({ restricted: true }), comparing('restricted'));
    expect(entry.grants.k).toMatchObject({ status: 'open', seenAt: AT });
  });
});
