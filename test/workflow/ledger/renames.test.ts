import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ledgerOfThisFile } from '../../support/ledger.ts';

const { ledger } = await ledgerOfThisFile();

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
const BEGINNING = at(0);

/** `a`, `b` and so on, which no other test has. */
const names = (count: number) => {
  const own = randomUUID();
  return Array.from({ length: count }, (_, index) => `${own}-${index}`);
};

/** What an event tells of the nth renaming of a row. */
const said = (row: readonly string[], nth: number, second = nth) => ({
  ...{ entity: 'group' as const, formerly: row[nth] ?? '', now: row[nth + 1] ?? '' },
  at: at(second),
});

const whoHad = (name = '') => ledger.formerHolder('group', name, BEGINNING);

it('the names that a unique id had before are told of it alone', async () => {
  const row = names(3);
  await ledger.keepRename({ ...said(row, 0), id: 'AGPA1' });
  await ledger.keepRename({ ...said(row, 1), id: 'AGPA1' });
  const [first = '', second = '', now = ''] = row;
  expect(await ledger.formerNames('group', now, 'AGPA1')).toEqual([
    second.toLowerCase(),
    first.toLowerCase(),
  ]);
  expect(await ledger.formerNames('group', now, 'AGPA2')).toEqual([]);
  expect(await ledger.formerNames('group', first, 'AGPA1')).toEqual([]);
});

describe('several renamings in a row', () => {
  it('are understood by the last one, which IAM shows', async () => {
    const row = names(4);
    await ledger.keepSaidRename(said(row, 0));
    await ledger.keepSaidRename(said(row, 1));
    await ledger.keepRename({ ...said(row, 2), id: 'AGPA1' });
    expect(await Promise.all(row.map(whoHad))).toEqual(['AGPA1', 'AGPA1', 'AGPA1', undefined]);
  });

  it('are the same ones where another came to a name in between that had been left', async () => {
    const row = names(3);
    const [other = ''] = names(1);
    await ledger.keepSaidRename(said(row, 0));
    await ledger.keepSaidRename(said([other, row[1] ?? ''], 0, 5));
    await ledger.keepRename({ ...said(row, 1), id: 'AGPA1' });
    expect(await whoHad(row[0])).toBe('AGPA1');
    expect(await whoHad(other)).toBeUndefined();
  });

  it('correct what was taken for one of them', async () => {
    const row = names(3);
    await ledger.keepSaidRename(said(row, 0));
    await ledger.keepRename({ ...said(row, 0), id: 'AGPA-other' });
    await ledger.keepRename({ ...said(row, 1), id: 'AGPA1' });
    expect(await whoHad(row[0])).toBe('AGPA1');
  });

  it('may lead in a circle', async () => {
    const [one = '', two = ''] = names(2);
    await ledger.keepSaidRename(said([one, two], 0));
    await ledger.keepSaidRename(said([two, one], 0, 1));
    await ledger.keepRename({ ...said([one, two], 0, 2), id: 'AGPA1' });
    expect(await Promise.all([whoHad(one), whoHad(two)])).toEqual(['AGPA1', 'AGPA1']);
  });
});
