import { beforeEach, describe, expect, it } from 'vitest';
import { type InventoryEntry, inventoryOver, isFoundById } from '../../../workflow/ledger/inventory.ts';
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

  it('is found by its unique id, under whatever names that is known, for as long as it is there', async () => {
    await ledger.putInventory(ENTRY);
    await ledger.putInventory({ ...ENTRY, name: 'Robert' });
    const names = async (id: string) => (await ledger.listInventoryOf('user', [id])).map(({ name }) => name);
    expect((await names('AIDA1')).sort()).toEqual(['Robert', 'bob']);
    expect(await names('AIDA2')).toEqual([]);
    await ledger.removeInventory(await read());
    expect(await names('AIDA1')).toEqual(['Robert']);
    expect(await ledger.listInventoryOf('user', ['AIDA1', 'AIDA1', 'AIDA2'])).toHaveLength(1);
  });

  it('is found by the unique id that it has now, and no longer by another one’s of the same name', async () => {
    await ledger.putInventory(ENTRY);
    await ledger.putInventory({ ...(await read()), id: 'AIDA2' });
    expect(await ledger.listInventoryOf('user', ['AIDA1'])).toEqual([]);
    expect(await ledger.listInventoryOf('user', ['AIDA2'])).toEqual([await read()]);
  });

  it('of a role or policy keeps its name: nothing is written to find it by its unique id', async () => {
    const role: InventoryEntry = { ...ENTRY, kind: 'role', id: 'AROA1' };
    await ledger.putInventory(role);
    expect(await ledger.listInventoryOf('role', ['AROA1'])).toEqual([]);
    expect(await ledger.readInventory('role', 'bob')).not.toHaveProperty('foundBy');
  });

  it('tells whether it is found so, as an older version did not keep it', async () => {
    expect(isFoundById(ENTRY)).toBe(false);
    await ledger.putInventory(ENTRY);
    expect(isFoundById(await read())).toBe(true);
    expect(isFoundById({ ...(await read()), name: 'Robert' })).toBe(false);
  });

  it('is put to the channel over what is written meanwhile, and that is not overwritten', async () => {
    await ledger.putInventory(ENTRY);
    const slow = await read();
    expect(await ledger.askAboutGrant('user', 'bob', KEY)).toBe(true);
    expect((await read()).grants[KEY]).toMatchObject({ asked: true });
    expect(await ledger.putInventory(slow)).toBe(false);
  });
});
