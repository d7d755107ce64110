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

describe('bringing one message up to date', () => {
  const at = (seconds: number) =>
    new Date(Date.parse('2026-03-01T12:00:00Z') + seconds * 1_000).toISOString();
  let messages = 0;
  const message = () => ({ channel: 'C1', ts: `shown.${++messages}` });

  it('is for one at a time, who learns that there is more to show', async () => {
    const shown = message();
    const claim = (await ledger.claimShowing(shown, at(0))) ?? '';
    expect(claim).not.toBe('');
    expect(await ledger.claimShowing(shown, at(1))).toBeUndefined();
    expect(await ledger.claimShowing(shown, at(1))).toBeUndefined();
    expect(await ledger.showAgain(shown, claim, at(2))).toBe(true);
    expect(await ledger.showAgain(shown, claim, at(3))).toBe(false);
    expect(await ledger.claimShowing(shown, at(4))).toBeDefined();
  });

  it('misses nobody: whoever came while it was shown is shown by somebody afterwards', async () => {
    const shown = message();
    const rounds: number[] = [];
    let arrived = 0;
    const show = async () => {
      const mine = ++arrived;
      const claim = await ledger.claimShowing(shown, at(0));
      if (claim === undefined) return mine;
      do rounds.push(arrived);
      while (await ledger.showAgain(shown, claim, at(0)));
      return mine;
    };
    await Promise.all(Array.from({ length: 30 }, show));
    expect(rounds.at(-1)).toBe(30);
    expect(rounds.length).toBeLessThanOrEqual(30);
  });

  it('is taken over from whoever died at it, who then has lost it', async () => {
    const shown = message();
    const dead = (await ledger.claimShowing(shown, at(0))) ?? '';
    expect(await ledger.claimShowing(shown, at(29))).toBeUndefined();
    const next = await ledger.claimShowing(shown, at(31));
    expect(next).toBeDefined();
    expect(await ledger.showAgain(shown, dead, at(32))).toBe(false);
    await ledger.releaseShowing(shown, dead);
    expect(await ledger.claimShowing(shown, at(33))).toBeUndefined();
  });
});

describe('a crowd', () => {
  const opened = '2026-03-01T12:00:00.000Z';
  const message = { channel: 'C1', ts: '7.7' };

  it('is found by all that come once it is known to be one, until it is history', async () => {
    const claimed = await ledger.claimGroup('crowd-1', opened, opened);
    expect(await ledger.findCrowd('crowd-1', opened)).toBeUndefined();
    await ledger.storeCrowd('crowd-1');
    await ledger.storeGroupMessage('crowd-1', claimed.status === 'ours' ? claimed.claim : '', message);
    expect(await ledger.findCrowd('crowd-1', opened)).toBeUndefined();
    await ledger.storeCrowd('crowd-1');
    expect(await ledger.findCrowd('crowd-1', opened)).toEqual(message);
    expect(await ledger.findCrowd('crowd-1', '2026-03-01T12:00:01.000Z')).toBeUndefined();
    expect(await ledger.findCrowd('crowd-2', opened)).toBeUndefined();
  });
});
