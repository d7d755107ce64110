import { describe, expect, it } from 'vitest';
import { type Information, MOST_INFORMED } from '../../../workflow/ledger/informed.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';

const { ledger } = await ledgerOfThisFile();

const at = (second: number) =>
  new Date(Date.parse('2026-03-01T12:00:00.000Z') + second * 1_000).toISOString();
const one = (id: string, second: number): Information => ({
  ...{ id, at: at(second), who: 'dana', ended: 'gone' },
  what: 'dana created the policy p',
});

describe('what the channel was informed of', () => {
  it('is listed oldest first, of its own window alone', async () => {
    await ledger.keepInformation('first', one('b', 1));
    await ledger.keepInformation('first', one('a', 2));
    await ledger.keepInformation('second', one('c', 3));
    expect(await ledger.listInformed('first')).toEqual([one('b', 1), one('a', 2)]);
    expect(await ledger.listInformed('third')).toEqual([]);
  });

  it('stays as the first try has kept it', async () => {
    await ledger.keepInformation('again', one('a', 1));
    await ledger.keepInformation('again', one('a', 9));
    expect(await ledger.listInformed('again')).toEqual([one('a', 1)]);
  });

  it('is read up to a limit, however many there are', async () => {
    const many = Array.from({ length: MOST_INFORMED + 5 }, (_, index) => one(`e${index}`, index));
    for (const each of many) await ledger.keepInformation('many', each);
    expect(await ledger.listInformed('many')).toHaveLength(MOST_INFORMED);
  });
});
