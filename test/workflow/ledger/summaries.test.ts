import { describe, expect, it } from 'vitest';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { repeatedWrites } from '../../support/repeated-writes.ts';

const { store, ledger } = await ledgerOfThisFile();

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

let days = 0;
const someDay = () => `2026-03-${String(++days).padStart(2, '0')}`;

async function claimed(day: string, seconds: number): Promise<string> {
  const claim = await ledger.claimSummary(day, at(seconds));
  if (claim === undefined) throw new Error('Somebody else has it.');
  return claim;
}

describe('the summary of a day', () => {
  it('is claimed once, by one of many', async () => {
    const day = someDay();
    const claims = await Promise.all(Array.from({ length: 10 }, () => ledger.claimSummary(day, at(0))));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await ledger.claimSummary(someDay(), at(0))).toBeDefined();
  });

  it('may be claimed again once it was let go', async () => {
    const day = someDay();
    await ledger.releaseSummary(day, await claimed(day, 0));
    expect(await ledger.claimSummary(day, at(0))).toBeDefined();
  });

  it('is taken over, by one of many, from a claim of which nothing was heard for 60 s', async () => {
    const day = someDay();
    await claimed(day, 0);
    expect(await ledger.claimSummary(day, at(60))).toBeUndefined();
    const claims = await Promise.all(Array.from({ length: 10 }, () => ledger.claimSummary(day, at(60.001))));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('is never taken over when it was told', async () => {
    const day = someDay();
    const claim = await claimed(day, 0);
    await ledger.storeSummaryTold(day, claim, at(1));
    await ledger.storeSummaryTold(day, claim, at(1));
    expect(await ledger.claimSummary(day, at(86_400))).toBeUndefined();
  });

  it('is neither told nor let go by a claim that was taken over', async () => {
    const day = someDay();
    const stale = await claimed(day, 0);
    await claimed(day, 61);
    await ledger.storeSummaryTold(day, stale, at(62));
    await ledger.releaseSummary(day, stale);
    expect(await ledger.claimSummary(day, at(62))).toBeUndefined();
    expect(await ledger.claimSummary(day, at(122))).toBeDefined();
  });

  it('is not taken over from somebody late who tells at that very moment', async () => {
    const day = someDay();
    const late = await claimed(day, 0);
    const overtaken = ledgerOver({
      ...store,
      get: async (key) => {
        const item = await store.get(key);
        await ledger.storeSummaryTold(day, late, at(61));
        return item;
      },
    });
    expect(await overtaken.claimSummary(day, at(61))).toBeUndefined();
  });

  it('is ours also when the answer to the claim was lost, and it was written again', async () => {
    expect(await ledgerOver(repeatedWrites(store)).claimSummary(someDay(), at(0))).toBeDefined();
  });

  it('that can’t be read is a named error', async () => {
    const day = someDay();
    await store.put({ pk: `summary#${day}`, sk: 'summary', claim: 7 });
    await expect(ledger.claimSummary(day, at(0))).rejects.toMatchObject({ name: 'CorruptLedgerItemError' });
  });
});
