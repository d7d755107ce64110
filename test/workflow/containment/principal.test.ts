import { beforeEach, describe, expect, it } from 'vitest';
import { isWiderTrust } from '../../../workflow/containment/wider-trust.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard, waiting } from '../../support/each-guard.ts';
import { TRUST } from '../../support/iam-in-memory.ts';
import {
  ARN,
  attachEvent,
  BAD,
  createdEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
} from '../../support/ways-in.ts';

const trusting = (...accounts: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: accounts.map((account) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    })),
  });

const VOID = { outcome: 'superseded', askAgain: true };

describe.each(['user', 'group', 'role'] as const)('an inline policy of a %s', (entity) => {
  const holder = () => guard.iam.holder(entity, HOLDER[entity]);
  let id: string;
  beforeEach(async () => {
    guard.iam.createHolder(entity, HOLDER[entity]);
    guard.iam.putInline(entity, HOLDER[entity], INLINE_NAME, BAD);
    id = await waiting(putEvent(entity, BAD));
  });

  it('is asked about with the unique id of who has it', () => {
    expect(guard.ledger.requests.get(id)?.principal?.id).toBe(holder().id);
  });

  it('is not put back to another one of the same name, with the placeholder in the same place', async () => {
    const [left] = [...holder().inline.values()];
    guard.iam.deleteHolder(entity, HOLDER[entity]);
    guard.iam.createHolder(entity, HOLDER[entity]);
    guard.iam.putInline(entity, HOLDER[entity], INLINE_NAME, left ?? '');
    expect(await guard.decide(id, 'approved')).toMatchObject(VOID);
    expect(holder().inline.get(INLINE_NAME)).toBe(left);
  });
});

describe('an inline policy of a role', () => {
  beforeEach(() => {
    guard.iam.createHolder('role', HOLDER.role, { trust: trusting('123456789012', '111111111111') });
    guard.iam.putInline('role', HOLDER.role, INLINE_NAME, BAD);
  });
  const trust = (document: string) => {
    guard.iam.holder('role', HOLDER.role).trust = document;
  };

  it('is asked about with who may assume the role', async () => {
    const id = await waiting(putEvent('role', BAD));
    const kept = guard.ledger.requests.get(id)?.principal?.trust;
    expect(kept && unpack(kept)).toBe(trusting('123456789012', '111111111111'));
  });

  it('is not put back when others may assume the role by then', async () => {
    const id = await waiting(putEvent('role', BAD));
    trust(trusting('123456789012', '999999999999'));
    expect(await guard.decide(id, 'approved')).toMatchObject(VOID);
  });

  it('is put back when fewer may', async () => {
    const id = await waiting(putEvent('role', BAD));
    trust(trusting('123456789012'));
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
  });

  it('is not put back while nobody can tell who may', async () => {
    const id = await waiting(putEvent('role', BAD));
    guard.iam.refuse = (call) => (call.startsWith('getHolder') ? new Error('throttled') : undefined);
    await expect(guard.decide(id, 'approved')).rejects.toThrow('throttled');
  });

  it('is asked about by its principal also where Inspect could not read it', async () => {
    let refused = 1;
    guard.iam.refuse = (call) =>
      call.startsWith('getHolder') && refused-- > 0 ? new Error('throttled') : undefined;
    const id = await waiting(putEvent('role', BAD));
    expect(guard.ledger.requests.get(id)?.principal?.id).toMatch(/^AROA/);
  });
});

describe('who may become a role', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };
  const withDeny = (document: string) => {
    const parsed = JSON.parse(document);
    return JSON.stringify({ ...parsed, Statement: [...[parsed.Statement].flat(), deny] });
  };

  it.each([
    ['the same', TRUST, TRUST, false],
    ['the same in other words', TRUST, JSON.stringify(JSON.parse(TRUST), null, 2), false],
    ['more', trusting('1'), trusting('1', '2'), true],
    ['others', trusting('1'), trusting('2'), true],
    ['fewer', trusting('1', '2'), trusting('2'), false],
    ['fewer by a Deny', trusting('1'), withDeny(trusting('1')), false],
    ['more without a Deny', withDeny(trusting('1')), trusting('1'), true],
    ['anybody, for all one can read', trusting('1'), 'no JSON', true],
  ])('%s', (_what, before, now, wider) => {
    expect(isWiderTrust(before, now)).toBe(wider);
  });
});

it('a group with new members is asked about anew', async () => {
  guard.iam.createHolder('group', HOLDER.group);
  guard.iam.holder('group', HOLDER.group).members.add('alice');
  guard.iam.putInline('group', HOLDER.group, INLINE_NAME, BAD);
  const id = await waiting(putEvent('group', BAD));
  guard.iam.holder('group', HOLDER.group).members.add('mallory');
  expect(await guard.decide(id, 'approved')).toMatchObject({
    ...VOID,
    detail: expect.stringContaining('user/mallory'),
  });
});

describe('a policy that a group and a role have', () => {
  let id: string;
  const group = () => guard.iam.holder('group', HOLDER.group);
  beforeEach(async () => {
    guard.iam.createHolder('group', HOLDER.group);
    group().members.add('alice');
    guard.iam.createHolder('role', HOLDER.role, { trust: trusting('123456789012', '111111111111') });
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('group', HOLDER.group, ARN);
    guard.iam.attach('role', HOLDER.role, ARN);
    id = await waiting(createdEvent(BAD, 'first'));
  });
  const trust = (document: string) => {
    guard.iam.holder('role', HOLDER.role).trust = document;
  };
  const forgetNames = () => {
    const { reach } = guard.ledger.requests.get(id)?.principal ?? {};
    expect(reach?.behind).toHaveLength(2);
    delete reach?.behind;
  };

  it('is put back for the same', async () => {
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
  });

  it.each([
    ['when a user has joined the group', () => group().members.add('mallory'), `user/mallory of group/`],
    [
      'when others may become the role',
      () => trust(trusting('123456789012', '999999999999')),
      'whoever may become role/',
    ],
  ])('is not put back %s, and is asked about anew', async (_when, change, told) => {
    change();
    expect(await guard.decide(id, 'approved')).toMatchObject({
      ...VOID,
      detail: expect.stringContaining(told),
    });
    expect(guard.iam.inForce(ARN)).not.toBe(BAD);
  });

  it('is put back when a user has left and fewer may become the role', async () => {
    group().members.delete('alice');
    trust(trusting('123456789012'));
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
  });

  it('is compared as a whole where there was no room for names', async () => {
    forgetNames();
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
  });

  it('is asked about anew where there was no room for names, and anything else is there', async () => {
    forgetNames();
    group().members.delete('alice');
    expect(await guard.decide(id, 'approved')).toMatchObject({
      ...VOID,
      detail: expect.stringContaining('by a group or role'),
    });
  });

  it('is not put back while nobody can tell who has it by the group', async () => {
    guard.iam.refuse = (call) => (call.startsWith('getHolder') ? new Error('throttled') : undefined);
    await expect(guard.decide(id, 'approved')).rejects.toThrow('throttled');
  });
});

it('a policy that was made again under its ARN is not attached by an approval of the old one', async () => {
  guard.iam.createHolder('user', HOLDER.user);
  guard.iam.createPolicy(ARN, BAD);
  guard.iam.attach('user', HOLDER.user, ARN);
  const id = await waiting(attachEvent('user'));
  guard.iam.deletePolicy(ARN);
  guard.iam.createPolicy(ARN, BAD);
  expect(await guard.decide(id, 'approved')).toMatchObject(VOID);
});

describe('a policy that is attached while a version of it waits', () => {
  let id: string;
  const attached = () => guard.iam.holder('user', HOLDER.user).attached.has(ARN);
  beforeEach(async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', HOLDER.role, ARN);
    id = await waiting(createdEvent(BAD, 'first'));
  });

  it('names whom it was attached to when it was asked about', () => {
    expect(guard.ledger.requests.get(id)?.principal?.members).toMatchObject([{ name: 'role/deployer' }]);
  });

  it('is judged by that version: the newcomer is detached and asked about', async () => {
    guard.iam.attach('user', HOLDER.user, ARN);
    const second = await waiting(attachEvent('user', 'second'));
    expect(attached()).toBe(false);
    const request = guard.ledger.requests.get(second);
    expect(request?.document && unpack(request.document)).toBe(BAD);
  });

  it('is let be for whoever was named', async () => {
    expect(await guard.handle(attachEvent('role', 'second'))).toMatchObject({ end: 'allowed' });
  });

  it('is put back in force though a newcomer has it who was approved by themselves', async () => {
    guard.iam.attach('user', HOLDER.user, ARN);
    const second = await waiting(attachEvent('user', 'second'));
    expect(await guard.decide(second, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(attached()).toBe(true);
    expect(guard.iam.inForce(ARN)).not.toBe(BAD);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(guard.iam.inForce(ARN)).toBe(BAD);
  });

  it('is not put back in force while a newcomer has it whom nobody was asked about', async () => {
    guard.iam.attach('user', HOLDER.user, ARN);
    expect(await guard.decide(id, 'approved')).toMatchObject({
      ...VOID,
      detail: expect.stringContaining('user/bob'),
    });
    expect(guard.iam.inForce(ARN)).not.toBe(BAD);
  });

  it('is judged by what is in force alone once that was decided', async () => {
    await guard.decide(id, 'denied');
    guard.iam.attach('user', HOLDER.user, ARN);
    expect(await guard.handle(attachEvent('user', 'second'))).toMatchObject({ end: 'allowed' });
  });
});

describe('what was approved and is attached', () => {
  beforeEach(async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    guard.iam.attach('user', HOLDER.user, ARN);
    await guard.decide(await waiting(attachEvent('user', 'first')), 'approved');
  });

  it('is left alone when it is attached again', async () => {
    expect(await guard.handle(attachEvent('user', 'second'))).toMatchObject({ end: 'allowed' });
    expect(guard.iam.holder('user', HOLDER.user).attached.has(ARN)).toBe(true);
  });

  it('is asked about for another user of the same name', async () => {
    guard.iam.deleteHolder('user', HOLDER.user);
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.attach('user', HOLDER.user, ARN);
    expect(await guard.handle(attachEvent('user', 'second'))).toMatchObject({ end: 'waiting' });
  });
});
