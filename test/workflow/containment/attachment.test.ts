import { beforeEach, expect, it } from 'vitest';
import { guard } from '../../support/each-guard.ts';
import { ARN, attachEvent, BAD, HARMLESS, HOLDER, WORSE } from '../../support/ways-in.ts';

beforeEach(() => {
  guard.iam.createHolder('user', HOLDER.user);
  guard.iam.createPolicy(ARN, BAD);
  guard.iam.attach('user', HOLDER.user, ARN);
});

const attached = () => guard.iam.holder('user', HOLDER.user).attached.has(ARN);
const waiting = async () => (await guard.handle(attachEvent('user', 'first'))).requestId;

it('is superseded when somebody detached it before the guard came', async () => {
  const judgement = await guard.inspect(attachEvent('user'));
  guard.iam.detach('user', HOLDER.user, ARN);
  expect(await guard.quarantine(judgement)).toMatchObject({ status: 'superseded' });
});

it('is detached though IAM does not know of the attachment at first', async () => {
  const judgement = await guard.inspect(attachEvent('user'));
  guard.iam.detach('user', HOLDER.user, ARN);
  guard.meanwhile = () => guard.iam.attach('user', HOLDER.user, ARN);
  expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
  expect(attached()).toBe(false);
});

it('is not attached again when the policy grants something else by then', async () => {
  const id = await waiting();
  guard.iam.createVersion(ARN, WORSE);
  expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
  expect(attached()).toBe(false);
});

it('is left attached at a denial when it was attached again with a harmless version in force', async () => {
  const id = await waiting();
  guard.iam.createVersion(ARN, HARMLESS);
  guard.iam.attach('user', HOLDER.user, ARN);
  expect(await guard.decide(id, 'denied')).toMatchObject({
    outcome: 'denied',
    detail: expect.stringContaining('left alone'),
  });
  expect(attached()).toBe(true);
});

it('is gone when the policy was deleted', async () => {
  const id = await waiting();
  guard.iam.deletePolicy(ARN);
  expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'gone' });
});
