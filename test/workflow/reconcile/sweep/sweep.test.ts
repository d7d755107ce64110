import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IamReader } from '../../../../workflow/account/iam/iam.ts';
import type { HolderInForce, PolicyInForce } from '../../../../workflow/account/iam/whole-account.ts';
import { parseRecord } from '../../../../workflow/events/cloudtrail-record.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import type { Item } from '../../../../workflow/ledger/store.ts';
import { inventoryKey, inventoryNameKey } from '../../../../workflow/ledger/table.ts';
import { sweep } from '../../../../workflow/reconcile/sweep/sweep.ts';
import { type LocalLedger, startLedger } from '../../../support/ledger.ts';
import { CONTAIN_ROLE, FakeMachine } from '../world.ts';

const ARN = 'arn:aws:iam::123456789012:policy/one';
const MINUTE_MS = 60_000;

let local: LocalLedger;
let machine: FakeMachine;
let policies: PolicyInForce[];
let holders: HolderInForce[];

beforeEach(async () => {
  local = await startLedger();
  machine = new FakeMachine();
  policies = [];
  holders = [];
});
afterEach(() => local.stop());

/** A sweep that sees one policy at most, restricted. */
const sweepWith = (over: Partial<Ledger> = {}, iam: Partial<IamReader> = {}) => {
  const ledger = { ...local.ledger, ...over };
  return sweep({
    ...machine.tools(ledger),
    readAccount: async () => ({ policies, holders }),
    iam: iam as IamReader,
    evaluate: () => 'restricted',
    exemptions: [],
    ...{ attachments: 'always-ask', settleMs: 10 * MINUTE_MS, metrics: { foundBySweep: () => {} } },
  });
};

const passMinutes = (minutes: number) => {
  machine.now = new Date(machine.now.getTime() + minutes * MINUTE_MS);
};

const madeNow = () => {
  const at = machine.now.toISOString();
  const versions = { versionId: 'v1', madeAt: at, createdAt: at, document: '{}' };
  policies = [{ id: 'ANPA1', arn: ARN, ...versions }];
};

const statusOf = async () => {
  const entry = await local.ledger.readInventory('policy', ARN);
  return Object.values(entry?.grants ?? {}).map(({ status }) => status);
};

const failing = { putInventory: () => Promise.reject(new Error('The ledger is away.')) };

it.each([
  ['is new to the sweep after one that could not write it', failing, ['open']],
  ['is new to the sweep after one that wrote it', {}, ['open']],
])('what came since the last complete sweep %s', async (_, over, status) => {
  await sweepWith();
  passMinutes(5);
  madeNow();
  passMinutes(10);
  await sweepWith(over);
  passMinutes(5);
  await sweepWith();
  expect(await statusOf()).toEqual(status);
});

it('what was there at the last complete sweep, and the inventory does not know, counts as forgotten', async () => {
  await sweepWith();
  passMinutes(5);
  madeNow();
  passMinutes(10);
  const { ledger } = local;
  await sweepWith();
  const entry = await ledger.readInventory('policy', ARN);
  if (entry !== undefined) await ledger.removeInventory(entry);
  passMinutes(15);
  await sweepWith();
  expect(await statusOf()).toEqual(['reported']);
});

it('a first run that could not write everything is none: the next one takes stock, and tells of it once', async () => {
  madeNow();
  passMinutes(60 * 24 * 30);
  await sweepWith(failing);
  expect(machine.started).toEqual([]);
  passMinutes(15);
  await sweepWith();
  expect(await statusOf()).toEqual(['stock']);
  expect(machine.started).toEqual([expect.stringMatching(/^sweep-stock-/)]);
});

/** The guard's own role tells when the stack was made. */
const deployNow = () => {
  const contain = { kind: 'role' as const, id: 'AROA1', name: 'contain', arn: CONTAIN_ROLE };
  const holdsNothing = { groups: [], inline: [], attached: [] };
  holders = [{ ...contain, ...holdsNothing, createdAt: machine.now.toISOString() }];
};

/** An old version that somebody makes the default, which IAM does not tell of. */
const madeDefaultNow = () =>
  parseRecord({
    ...{ eventID: 'e-1', eventName: 'SetDefaultPolicyVersion', eventSource: 'iam.amazonaws.com' },
    eventTime: machine.now.toISOString(),
    recipientAccountId: '123456789012',
    requestParameters: { policyArn: ARN, versionId: 'v1' },
  });

it('what was made default between deployment and the first run is no stock', async () => {
  madeNow();
  passMinutes(60 * 24 * 30);
  deployNow();
  machine.cloudTrail.records.push(madeDefaultNow());
  passMinutes(5);
  await sweepWith();
  expect(await statusOf()).toEqual(['open']);
});

it('what was made since deployment does not pass for forgotten where the first run could not write it', async () => {
  deployNow();
  passMinutes(1);
  madeNow();
  passMinutes(10);
  await sweepWith(failing);
  passMinutes(15);
  await sweepWith();
  expect(await statusOf()).toEqual(['open']);
});

it('nothing becomes stock for good by waiting while CloudTrail is away', async () => {
  madeNow();
  passMinutes(60 * 24 * 30);
  deployNow();
  const late = madeDefaultNow();
  passMinutes(5);
  await sweepWith();
  expect(await statusOf()).toEqual(['stock']);
  machine.cloudTrail.isAway = true;
  for (let times = 0; times < 4; times++) {
    passMinutes(15);
    await expect(sweepWith()).rejects.toThrow('CloudTrail did not answer');
  }
  machine.cloudTrail.isAway = false;
  machine.cloudTrail.records.push(late);
  passMinutes(15);
  await sweepWith();
  expect(await statusOf()).toEqual(['open']);
});

describe('what the first run found, and an event says to have ended', () => {
  const inForce: Partial<IamReader> = {
    getDefaultVersionId: async () => 'v1',
    getPolicyVersion: async () => '{}',
    getPolicy: async () => ({ id: 'ANPA1', arn: ARN }),
    listHolders: async () => [],
  };

  /** The event has come; the grant stands. */
  async function ended() {
    madeNow();
    passMinutes(60 * 24 * 30);
    await sweepWith();
    passMinutes(5);
    const entry = await local.ledger.readInventory('policy', ARN);
    const [[key, grant] = []] = Object.entries(entry?.grants ?? {});
    if (entry === undefined || key === undefined || grant === undefined) throw new Error('It is not there.');
    expect(grant.status).toBe('stock');
    const endedAt = machine.now.toISOString();
    await local.ledger.putInventory({ ...entry, grants: { [key]: { ...grant, endedAt } } });
  }

  const found = () => machine.started.filter((name) => name.startsWith('found-'));

  const grant = async () => {
    const entry = await local.ledger.readInventory('policy', ARN);
    return Object.values(entry?.grants ?? {})[0];
  };

  it('is asked about where CloudTrail shows that it was put back', async () => {
    await ended();
    machine.cloudTrail.records.push(madeDefaultNow());
    await sweepWith({}, inForce);
    expect(await grant()).toMatchObject({ status: 'found' });
    expect(found()).toHaveLength(1);
  });

  it('is stock again once CloudTrail must have shown it, and has not', async () => {
    await ended();
    passMinutes(40);
    await sweepWith({}, inForce);
    expect(await grant()).toHaveProperty('endedAt');
    passMinutes(10);
    await sweepWith({}, inForce);
    expect(await grant()).toMatchObject({ status: 'stock' });
    expect(await grant()).not.toHaveProperty('endedAt');
    expect(found()).toEqual([]);
  });

  it('stays in doubt while CloudTrail cannot be asked', async () => {
    await ended();
    passMinutes(24 * 60);
    machine.cloudTrail.isAway = true;
    await sweepWith({}, inForce);
    expect(await grant()).toMatchObject({ status: 'stock', endedAt: expect.any(String) });
  });
});

it('users that an older version has kept by their names alone are found by their unique ids, and written once for it', async () => {
  const user = { kind: 'user' as const, id: 'AIDA1', name: 'bob', arn: 'arn:aws:iam::123456789012:user/bob' };
  const made = machine.now.toISOString();
  holders = [{ ...user, createdAt: made, groups: [], inline: [], attached: [] }];
  await sweepWith();
  const { ledger, store } = local;
  const found = async () => (await ledger.listInventoryOf('user', ['AIDA1'])).map(({ name }) => name);
  expect(await found()).toEqual(['bob']);
  const { foundBy, ...older } = (await store.get(inventoryKey('user', 'bob'))) as Item;
  expect(foundBy).toBe('AIDA1 bob');
  await store.put(older as Item);
  await store.remove(inventoryNameKey('AIDA1', 'bob'));
  expect(await found()).toEqual([]);
  passMinutes(15);
  expect(await sweepWith()).toMatchObject({ written: 1 });
  expect(await found()).toEqual(['bob']);
  passMinutes(15);
  expect(await sweepWith()).toMatchObject({ written: 0 });
});
