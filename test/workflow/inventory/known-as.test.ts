import { describe, expect, test } from 'vitest';
import { knownAs } from '../../../workflow/inventory/known-as.ts';
import type { Grant, InventoryEntry } from '../../../workflow/ledger/inventory.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';

const ACCOUNT = '123456789012';
const AT = '2026-11-28T12:00:00.000Z';

const grantOf = (entityName: string, more: Partial<Grant> = {}): [string, Grant] => {
  const target = { type: 'inline-policy', entity: 'user', entityName, policyName: 'p' } as const;
  const grant: Grant = {
    ...{ target, sha256: 'one', since: AT, seenAt: AT, restricted: true, status: 'known', ...more },
  };
  return [targetKey(ACCOUNT, target), grant];
};

const entry = (name: string, id: string, more: Partial<Grant>, revision: string): InventoryEntry => ({
  ...{ kind: 'user', name, id, arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, revision },
  grants: Object.fromEntries([grantOf(name, more)]),
});

const BOB = { id: 'AIDA1', name: 'bob' };
const grantsAs = (here: InventoryEntry | undefined, formerly: InventoryEntry | undefined) =>
  knownAs(BOB, { here, formerly }, ACCOUNT);

describe('what is known of a user with a new name', () => {
  test.each<[string, Partial<Grant>, Partial<Grant>]>([
    ['what is known stays known', { status: 'known' }, { status: 'known' }],
    ['what was there before the guard too', { status: 'stock' }, { status: 'stock' }],
    [
      'what an execution was started for under the old name is new',
      { status: 'found', foundAt: AT },
      { status: 'open' },
    ],
  ])('is what was known under the old one: %s', (_, was, is) => {
    expect(grantsAs(undefined, entry('alice', 'AIDA1', was, 'r1'))?.grants).toEqual(
      Object.fromEntries([grantOf('bob', is)]),
    );
  });

  test('is written as what is new under that name, or over what stands there', () => {
    const formerly = entry('alice', 'AIDA1', {}, 'r1');
    expect(grantsAs(undefined, formerly)).not.toHaveProperty('revision');
    expect(grantsAs(entry('bob', 'AIDA1', {}, 'r2'), formerly)).toMatchObject({ revision: 'r2' });
  });

  test('is what an event has told of the new name, where one has', () => {
    const here = entry('bob', 'AIDA1', { sha256: 'two' }, 'r2');
    expect(grantsAs(here, entry('alice', 'AIDA1', {}, 'r1'))?.grants).toEqual(here.grants);
  });

  test('is nothing of another user who had that name', () => {
    const here = entry('bob', 'AIDA2', { status: 'stock' }, 'r2');
    const known = grantsAs(here, entry('alice', 'AIDA1', { sha256: 'two' }, 'r1'));
    expect(known).toMatchObject({ id: 'AIDA1', revision: 'r2' });
    expect(Object.values(known?.grants ?? {}).map(({ sha256 }) => sha256)).toEqual(['two']);
  });
});

test('what has its name still is known as it is', () => {
  const here = entry('bob', 'AIDA1', {}, 'r2');
  expect(grantsAs(here, undefined)).toBe(here);
  expect(grantsAs(undefined, undefined)).toBeUndefined();
});
