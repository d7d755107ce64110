import { expect, test } from 'vitest';
import { lookAhead } from '../../../workflow/containment/look-ahead.ts';
import type { InlinePolicyTarget } from '../../../workflow/events/change.ts';
import { FakeIam } from '../../support/iam-in-memory.ts';
import { BAD, HARMLESS, WORSE } from '../../support/ways-in.ts';

const TARGET: InlinePolicyTarget = {
  ...{ type: 'inline-policy', entity: 'user', entityName: 'bob', policyName: 'clean-up' },
};

function begin(put: (iam: FakeIam) => void = (iam) => iam.putInline('user', 'bob', 'clean-up', BAD)) {
  const iam = new FakeIam();
  iam.createHolder('user', 'bob');
  put(iam);
  let now = new Date('2026-03-02T09:15:05.000Z');
  const ahead = lookAhead(TARGET, { iam: iam.writer(), now: () => now });
  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds);
  };
  const look = (policyName = 'clean-up') => ahead.getInlinePolicy('user', 'bob', policyName);
  return { iam, pass, look };
}

test('whoever looks first is given what was seen, whoever looks again what is there', async () => {
  const { iam, look } = begin();
  iam.putInline('user', 'bob', 'clean-up', WORSE);
  expect(await look()).toBe(BAD);
  expect(await look()).toBe(WORSE);
});

test('what was seen a while ago is looked at anew', async () => {
  const { iam, look, pass } = begin();
  iam.putInline('user', 'bob', 'clean-up', WORSE);
  pass(1_001);
  expect(await look()).toBe(WORSE);
});

test('another place is looked at when it is asked for', async () => {
  const { iam, look } = begin();
  iam.putInline('user', 'bob', 'other', HARMLESS);
  expect(await look('other')).toBe(HARMLESS);
});

test('that nothing was there is told to who looks first', async () => {
  const { iam, look } = begin(() => {});
  iam.putInline('user', 'bob', 'clean-up', BAD);
  await expect(look()).rejects.toThrow('clean-up');
  expect(await look()).toBe(BAD);
});
