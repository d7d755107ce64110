import { describe, expect, it } from 'vitest';
import type { GroupClaim } from '../../../workflow/ledger/groups.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { repeatedWrites } from '../../support/repeated-writes.ts';

const { store, ledger } = await ledgerOfThisFile();

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const MESSAGE = { channel: 'C1', ts: '1.1' };
const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

let count = 0;
const someone = () => `arn:aws:iam::123456789012:user/pipeline-${++count}`;

/** A claim so many seconds after noon, for which a group of the ten minutes before still is the same. */
const claim = (who: string, seconds: number) => ledger.claimGroup(who, at(seconds - 600), at(seconds));

async function claimed(who: string, seconds: number): Promise<string> {
  const result = await claim(who, seconds);
  if (result.status !== 'ours') throw new Error(`It is ${result.status}.`);
  return result.claim;
}

describe('a group of requests', () => {
  it('is claimed by one of many that come at once; the others wait', async () => {
    const who = someone();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(who, 0)));
    expect(claims.filter(({ status }) => status === 'ours')).toHaveLength(1);
    expect(claims.filter(({ status }) => status === 'busy')).toHaveLength(19);
  });

  it('is that of its requester alone', async () => {
    await claimed(someone(), 0);
    expect(await claim(someone(), 0)).toMatchObject({ status: 'ours' });
  });

  it('is open to all once its message stands, for as long as the caller says', async () => {
    const who = someone();
    await ledger.storeGroupMessage(who, await claimed(who, 0), MESSAGE);
    expect(await claim(who, 1)).toEqual({ status: 'open', message: MESSAGE });
    expect(await claim(who, 600)).toEqual({ status: 'open', message: MESSAGE });
    expect(await claim(who, 601)).toMatchObject({ status: 'ours' });
  });

  it('is opened anew by one of many, when the last one is history', async () => {
    const who = someone();
    await ledger.storeGroupMessage(who, await claimed(who, 0), MESSAGE);
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(who, 3_600)));
    expect(claims.filter(({ status }) => status === 'ours')).toHaveLength(1);
    expect(claims.filter(({ status }) => status === 'busy')).toHaveLength(19);
  });

  it('is busy for 30 s while its message is being posted; then whoever posts has died', async () => {
    const who = someone();
    await claimed(who, 0);
    expect(await claim(who, 30)).toEqual({ status: 'busy' });
    expect(await claim(who, 30.001)).toMatchObject({ status: 'ours' });
  });

  it('may be claimed at once after it was let go', async () => {
    const who = someone();
    await ledger.releaseGroup(who, await claimed(who, 0));
    expect(await claim(who, 1)).toMatchObject({ status: 'ours' });
  });

  it('takes neither message nor release from a claim that was taken over', async () => {
    const who = someone();
    const stale = await claimed(who, 0);
    const fresh = await claimed(who, 60);
    await ledger.storeGroupMessage(who, stale, { channel: 'C1', ts: '0.0' });
    await ledger.releaseGroup(who, stale);
    expect(await claim(who, 61)).toEqual({ status: 'busy' });
    await ledger.storeGroupMessage(who, fresh, MESSAGE);
    expect(await claim(who, 62)).toEqual({ status: 'open', message: MESSAGE });
  });

  it('is not taken over from a poster that is late and posts at that very moment', async () => {
    const who = someone();
    const late = await claimed(who, 0);
    const overtaken = ledgerOver({
      ...store,
      get: async (key) => {
        const item = await store.get(key);
        await ledger.storeGroupMessage(who, late, MESSAGE);
        return item;
      },
    });
    expect(await overtaken.claimGroup(who, at(-600), at(60))).toEqual({ status: 'busy' });
    expect(await claim(who, 61)).toEqual({ status: 'open', message: MESSAGE });
  });

  it('is ours also when the answer to the claim was lost, and it was written again', async () => {
    const lossy = ledgerOver(repeatedWrites(store));
    const result: GroupClaim = await lossy.claimGroup(someone(), at(-600), at(0));
    expect(result).toMatchObject({ status: 'ours' });
  });

  it('that can’t be read is a named error', async () => {
    const who = someone();
    await store.put({ pk: `group#${who}`, sk: 'group', claim: 7 });
    await expect(claim(who, 0)).rejects.toMatchObject({ name: 'CorruptLedgerItemError' });
  });
});
