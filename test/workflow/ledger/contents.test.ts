import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { withContents } from '../../../workflow/ledger/contents.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { Item, Store } from '../../../workflow/ledger/store.ts';
import { requestKey } from '../../../workflow/ledger/table.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';
import { memoryStore } from './memory-store.ts';

/** Remembers what was written, and what was read by key. */
function recording(store: Store) {
  const written: Item[] = [];
  const read: string[] = [];
  const over: Store = {
    ...store,
    get: (key) => {
      read.push(key.sk);
      return store.get(key);
    },
    put: (item, condition) => {
      written.push(structuredClone(item));
      return store.put(item, condition);
    },
  };
  return { over, written, read, contents: () => written.filter(({ sk }) => sk.startsWith('content#')) };
}

const whole = { ...aRequest('pg-whole'), event: { gzip: 'e', sha256: 'f' } };

describe('the content of a request', () => {
  it('is written once, however often the request changes, and the request itself stays small', async () => {
    const { over, contents } = recording(memoryStore());
    const ledger = ledgerOver(withContents(over));
    await ledger.record(whole);
    await ledger.storeTaskToken(whole, 'token');
    await ledger.storeTaskToken(whole, 'another');
    await ledger.decide(whole.id, APPROVED);
    expect(contents()).toHaveLength(1);
    const item = await over.get(requestKey(whole.id));
    for (const name of ['change', 'inspection', 'document', 'event', 'containment']) {
      expect(item).not.toHaveProperty(name);
      expect(contents()[0]).toHaveProperty(name);
    }
  });

  it('comes back with the request, wherever it is read', async () => {
    const store = memoryStore();
    await ledgerOver(withContents(store)).record(whole);
    const another = ledgerOver(withContents(store));
    expect(await another.read(whole.id)).toEqual(whole);
    expect(await another.decide(whole.id, APPROVED)).toMatchObject({
      status: 'won',
      request: { ...whole, status: 'decided' },
    });
  });

  it('is read once by a function that reads the request many times', async () => {
    const { over, read } = recording(memoryStore());
    await ledgerOver(withContents(over)).record(whole);
    read.length = 0;
    const ledger = ledgerOver(withContents(over));
    for (let time = 0; time < 5; time++) await ledger.read(whole.id);
    expect(read.filter((sk) => sk.startsWith('content#'))).toHaveLength(1);
  });

  it('is forgotten by a function that reads many requests', async () => {
    const { over, read } = recording(memoryStore());
    const ledger = ledgerOver(withContents(over));
    const ids = Array.from({ length: 30 }, (_, index) => `pg-${index}`);
    for (const id of ids) await ledger.record(aRequest(id, { document: pack(id) }));
    read.length = 0;
    for (const id of ids) await ledger.read(id);
    expect(read.filter((sk) => sk.startsWith('content#')).length).toBeGreaterThan(10);
  });

  it('counts less than what was stored later', async () => {
    const store = memoryStore();
    const ledger = ledgerOver(withContents(store));
    await ledger.record(whole);
    const later = { type: 'inline-policy', deleted: true } as const;
    await ledger.storeContainment(whole.id, later, APPROVED.at);
    expect(await ledgerOver(withContents(store)).read(whole.id)).toMatchObject({
      containment: later,
      quarantinedAt: APPROVED.at,
    });
  });

  it('that is missing makes the request unreadable, and nothing is taken for granted', async () => {
    const store = memoryStore();
    await ledgerOver(withContents(store)).record(whole);
    const item = await store.get(requestKey(whole.id));
    await store.put({ ...(item as Item), contentId: 'another' });
    await expect(ledgerOver(withContents(store)).read(whole.id)).rejects.toMatchObject({
      name: 'CorruptLedgerItemError',
    });
  });

  it('stands in the request itself where that was written before contents were kept apart', async () => {
    const store = memoryStore();
    await ledgerOver(store).record(whole);
    const ledger = ledgerOver(withContents(store));
    expect(await ledger.read(whole.id)).toEqual(whole);
    expect(await ledger.decide(whole.id, APPROVED)).toMatchObject({ status: 'won' });
  });
});
