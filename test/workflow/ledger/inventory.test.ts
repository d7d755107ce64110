import { beforeEach, describe, expect, it } from 'vitest';
import { type InventoryEntry, inventoryOver } from '../../../workflow/ledger/inventory.ts';
import { memoryStore } from './memory-store.ts';

let ledger: ReturnType<typeof inventoryOver>;
beforeEach(() => {
  ledger = inventoryOver(memoryStore());
});

const KEY = 'inline|123456789012|user|bob|clean-up';
const ENTRY: InventoryEntry = {
  ...{ kind: 'user', name: 'bob', id: 'AIDA1', arn: 'arn:aws:iam::123456789012:user/bob' },
  grants: {
    [KEY]: {
      target: { type: 'inline-policy', entity: 'user', entityName: 'bob', policyName: 'clean-up' },
      ...{ sha256: 'ab', since: '2026-03-02T09:15:05.000Z', seenAt: '2026-03-02T09:15:05.000Z' },
      ...{ restricted: true, status: 'stock' },
    },
  },
};
const read = async () => {
  const entry = await ledger.readInventory('user', 'BOB');
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
};

describe('an entry of the inventory', () => {
  it('is written while it is as it was read', async () => {
    expect(await ledger.putInventory(ENTRY)).toBe(true);
    expect(await ledger.putInventory({ ...(await read()), id: 'AIDA2' })).toBe(true);
    expect(await read()).toMatchObject({ id: 'AIDA2' });
  });

  it('is not overwritten, nor removed, by who has read it before somebody else wrote it', async () => {
    await ledger.putInventory(ENTRY);
    const slow = await read();
    await ledger.putInventory({ ...(await read()), id: 'AIDA2' });
    expect(await ledger.putInventory(slow)).toBe(false);
    expect(await ledger.removeInventory(slow)).toBe(false);
    expect(await read()).toMatchObject({ id: 'AIDA2' });
  });

  it('that was removed meanwhile does not come back, and one that came meanwhile stays', async () => {
    await ledger.putInventory(ENTRY);
    const slow = await read();
    expect(await ledger.removeInventory(await read())).toBe(true);
    expect(await ledger.putInventory(slow)).toBe(false);
    await ledger.putInventory(ENTRY);
    expect(await ledger.putInventory(slow)).toBe(false);
    expect(await ledger.putInventory(ENTRY)).toBe(false);
  });

  it('is put to the channel over what is written meanwhile, and that is not overwritten', async () => {
    await ledger.putInventory(ENTRY);
    const slow = await read();
    expect(await ledger.askAboutGrant('user', 'bob', KEY)).toBe(true);
    expect((await read()).grants[KEY]).toMatchObject({ asked: true });
    expect(await ledger.putInventory(slow)).toBe(false);
  });
});
