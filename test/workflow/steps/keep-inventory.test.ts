import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { inventoryOver } from '../../../workflow/ledger/inventory.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { keepInventory } from '../../../workflow/steps/keep-inventory.ts';
import type { Judgement } from '../../../workflow/steps/payloads.ts';
import { guard } from '../../support/each-guard.ts';
import { ACCOUNT, fixtureEvent } from '../../support/fixture-events.ts';
import { NOW } from '../../support/guard.ts';
import {
  ARN,
  attachEvent,
  BAD,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
} from '../../support/ways-in.ts';
import { memoryStore } from '../ledger/memory-store.ts';

const { user } = HOLDER;
const PLACE = { type: 'inline-policy', entity: 'user', entityName: user, policyName: INLINE_NAME } as const;
const KEY = targetKey(ACCOUNT, PLACE);

let ledger: ReturnType<typeof inventoryOver>;
let waited: number;
beforeEach(async () => {
  ledger = inventoryOver(memoryStore());
  const at = NOW.toISOString();
  await ledger.storeSweepState({ firstRunAt: at, completeAt: at, found: 0 });
  waited = 0;
  guard.iam.createHolder('user', user);
});

const put = (document: string) => guard.iam.putInline('user', user, INLINE_NAME, document);
const tools = (over: Partial<Parameters<typeof keepInventory>[2]> = {}) => ({
  ...guard.tools(),
  ledger,
  accountId: ACCOUNT,
  isRestricted: (document: string) => document.includes('Delete'),
  pause: async () => {
    waited += 1;
    guard.meanwhile();
  },
  ...over,
});
const hear = async (event: unknown, verdict?: Judgement['verdict']) => {
  const judgement = await guard.inspect(event);
  await keepInventory(event, verdict ? { ...judgement, verdict } : judgement, tools());
};
const ended = (eventName: string, requestParameters: object) =>
  fixtureEvent('put-user-policy', { eventName, requestParameters, responseElements: null });
const entry = () => ledger.readInventory('user', user);
const grant = async (key = KEY) => (await entry())?.grants[key];
const text = async () => {
  const document = (await grant())?.document;
  return document && unpack(document);
};

describe('after a change that is left in force', () => {
  it('what IAM shows is known, with what stood there before', async () => {
    put(HARMLESS);
    await hear(putEvent('user', HARMLESS));
    put('{"Version":"2012-10-17","Statement":[]}');
    await hear(putEvent('user', '{"Version":"2012-10-17","Statement":[]}'));
    const { before, ...now } = (await grant()) ?? {};
    expect(before && unpack(before)).toBe(HARMLESS);
    expect(now).toMatchObject({ status: 'known', restricted: false, seenAt: NOW.toISOString() });
    expect(await entry()).toMatchObject({ id: guard.iam.holder('user', user).id });
  });

  it('nothing is written when nothing differs', async () => {
    put(HARMLESS);
    await hear(putEvent('user', HARMLESS));
    const before = await entry();
    await hear(putEvent('user', HARMLESS));
    expect(await entry()).toEqual(before);
  });

  it('an event that tells of what is not there changes nothing: IAM is believed, it is not', async () => {
    put(HARMLESS);
    await hear(putEvent('user', '{"Version":"2012-10-17","Statement":[]}'));
    expect(await text()).toBe(HARMLESS);
  });

  it('what is restricted is not known by an event that tells of something harmless in its place', async () => {
    put(BAD);
    await hear(putEvent('user', HARMLESS), 'allowed');
    expect(await grant()).toMatchObject({ restricted: true, status: 'open' });
  });

  it('reads that lag behind are waited for', async () => {
    put(BAD);
    const event = putEvent('user', HARMLESS);
    guard.meanwhile = () => put(HARMLESS);
    await hear(event);
    expect(await text()).toBe(HARMLESS);
    expect(waited).toBe(1);
  });

  it.each<[Judgement['verdict'], string]>([
    ['allowed', 'known'],
    ['own-change', 'known'],
    // Whoever forges an event might say so: the sweep asks the ledger.
    ['observed', 'open'],
    ['exempt', 'open'],
  ])('what is restricted, and was judged as %s, is %s', async (verdict, status) => {
    put(BAD);
    await hear(putEvent('user', BAD), verdict);
    expect(await grant()).toMatchObject({ restricted: true, status });
  });

  it.each(['restricted', 'duplicate', 'foreign'] as const)(
    'of one that is %s nothing is kept',
    async (verdict) => {
      put(BAD);
      await hear(putEvent('user', BAD), verdict);
      expect(await entry()).toBeUndefined();
    },
  );

  it('versions and attachments are known too, beside what else is held', async () => {
    put(HARMLESS);
    await hear(putEvent('user', HARMLESS));
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.attach('user', user, ARN);
    await hear(attachEvent('user'));
    guard.iam.createVersion(ARN, HARMLESS);
    await hear(versionEvent('v2', HARMLESS));
    expect(Object.keys((await entry())?.grants ?? {})).toHaveLength(2);
    const policy = await ledger.readInventory('policy', ARN);
    expect(Object.values(policy?.grants ?? {})).toMatchObject([{ target: { versionId: 'v2' } }]);
  });
});

describe('what is taken away', () => {
  beforeEach(async () => {
    put(HARMLESS);
    await hear(putEvent('user', HARMLESS));
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.attach('user', user, ARN);
    await hear(attachEvent('user'));
  });

  it('is known no more, and what else is held is', async () => {
    guard.iam.deleteInline('user', user, INLINE_NAME);
    await hear(ended('DeleteUserPolicy', { userName: user, policyName: INLINE_NAME }));
    expect(await grant()).toBeUndefined();
    guard.iam.detach('user', user, ARN);
    await hear(ended('DetachUserPolicy', { userName: user, policyArn: ARN }));
    expect(await entry()).toMatchObject({ grants: {} });
  });

  it('leaves it to the sweep where nobody bears the name: whoever bore it may have another by now', async () => {
    const before = await entry();
    guard.iam.deleteHolder('user', user);
    await hear(ended('DeleteUserPolicy', { userName: user, policyName: INLINE_NAME }));
    await hear(ended('DeleteUser', { userName: user }));
    expect(await entry()).toEqual(before);
  });

  it('takes its entry along when it was the role or policy itself', async () => {
    guard.iam.createHolder('role', HOLDER.role);
    await hear(ended('DeleteRolePolicy', { roleName: HOLDER.role, policyName: INLINE_NAME }));
    expect(await ledger.readInventory('role', HOLDER.role)).toBeDefined();
    guard.iam.deleteHolder('role', HOLDER.role);
    await hear(ended('DeleteRole', { roleName: HOLDER.role }));
    expect(await ledger.readInventory('role', HOLDER.role)).toBeUndefined();
    await hear(versionEvent('v1', HARMLESS));
    guard.iam.deletePolicy(ARN);
    await hear(ended('DeletePolicy', { policyArn: ARN }));
    expect(await ledger.readInventory('policy', ARN)).toBeUndefined();
  });

  it('stays known while IAM shows it: a forged event ends nothing', async () => {
    const before = await entry();
    await hear(ended('DeleteUserPolicy', { userName: user, policyName: INLINE_NAME }));
    await hear(ended('DeleteUser', { userName: user }));
    expect(await entry()).toEqual(before);
    await hear(ended('DetachUserPolicy', { userName: user, policyArn: ARN }));
    // But an attachment may not have stood there without a break.
    const shownLater = (grants: object) =>
      Object.fromEntries(
        Object.entries(grants).map(([key, grant]) => [
          key,
          'shownAt' in grant ? { ...grant, shownAt: expect.any(String) } : grant,
        ]),
      );
    expect(await entry()).toEqual({
      ...{ ...before, revision: expect.any(String) },
      grants: shownLater(before?.grants ?? {}),
    });
  });

  it('another one of the same name holds nothing of it', async () => {
    guard.iam.deleteHolder('user', user);
    guard.iam.createHolder('user', user);
    await hear(ended('DeleteUser', { userName: user }));
    expect(await entry()).toMatchObject({ id: guard.iam.holder('user', user).id, grants: {} });
  });
});

it('a reading that is older than what was written meanwhile is made anew', async () => {
  put(HARMLESS);
  const judgement = await guard.inspect(putEvent('user', HARMLESS));
  let first = true;
  const slow = {
    ...ledger,
    putInventory: async (...given: Parameters<typeof ledger.putInventory>) => {
      if (!first) return ledger.putInventory(...given);
      first = false;
      put('{"Version":"2012-10-17","Statement":[]}');
      await hear(putEvent('user', '{"Version":"2012-10-17","Statement":[]}'));
      return ledger.putInventory(...given);
    },
  };
  await keepInventory(putEvent('user', HARMLESS), judgement, tools({ ledger: slow }));
  expect(await text()).toBe('{"Version":"2012-10-17","Statement":[]}');
});

it('before the first run has taken stock, nothing is kept: an entry would hide what stood beside', async () => {
  ledger = inventoryOver(memoryStore());
  put(HARMLESS);
  await hear(putEvent('user', HARMLESS));
  expect(await entry()).toBeUndefined();
});

it('a ledger or an IAM that fails stops nothing, and the log tells', async () => {
  put(HARMLESS);
  const judgement = await guard.inspect(putEvent('user', HARMLESS));
  const failing = { ...ledger, readInventory: () => Promise.reject(new Error('away')) };
  await keepInventory(putEvent('user', HARMLESS), judgement, tools({ ledger: failing }));
  expect(guard.logged).toMatchObject([{ level: 'warn', fields: { error: new Error('away') } }]);
});
