import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as iam from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, start } from '../support/forged-events.ts';
import {
  ADA,
  BAD,
  type GuardedSandbox,
  granting,
  HARMLESS,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';
import { holdableHandlers } from '../support/holdable.ts';

const { hold, handlers } = holdableHandlers();
let guard: GuardedSandbox;
beforeAll(async () => {
  // CloudTrail's event history is there at once, so half an hour of patience would only be waited for.
  guard = await startGuardedSandbox({ CONFIRM_SECONDS: '1' }, handlers);
});
afterAll(() => guard.stop());

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
let count = 0;

const decided = async (request: RequestState, decision: 'approve' | 'deny') => {
  await (decision === 'deny' ? guard.deny(request) : guard.click(request, 'approve', ADA));
  return guard.ended(request.id);
};

const askedAfter = (before: readonly RequestState[], name: string) =>
  guard.asked(
    ({ id, change }) =>
      before.every((request) => request.id !== id) && JSON.stringify(change.target).includes(name),
  );

/** An event of IAM, as anybody can write it who may start an execution. */
function forged(eventName: string, requestParameters: object, eventTime: string): object {
  const { detail, ...envelope } = eventOf('arn:aws:iam::123456789012:policy/x', 'eve');
  return {
    ...envelope,
    detail: { ...detail, eventName, eventTime, requestParameters, responseElements: null },
  };
}

/** What somebody is asked about, and what an event tells that would bring it back. */
interface Out {
  requests: readonly RequestState[];
  event: object;
  isInForce(): Promise<boolean>;
}

/** v2 was approved, v1 took its place again, and v3, which was v2 once more, was denied. */
async function versionDenied(): Promise<Out> {
  const PolicyArn = await guard.create({ name: `denied-${++count}`, document: HARMLESS });
  const version = { PolicyArn, PolicyDocument: BAD, SetAsDefault: true };
  const back = new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' });
  await guard.iam.send(new iam.CreatePolicyVersionCommand(version));
  const second = await askedAfter([], PolicyArn);
  await decided(second, 'approve');
  // CloudTrail tells whole seconds: what came within that of the approval may have come before it.
  await pause(1_000);
  await guard.iam.send(back);
  await guard.iam.send(new iam.CreatePolicyVersionCommand(version));
  const third = await askedAfter([second], PolicyArn);
  expect(await decided(third, 'deny')).toMatchObject({ outcome: 'denied' });
  await guard.iam.send(back);
  const names = { policyArn: PolicyArn, versionId: 'v2' };
  return {
    requests: [second, third],
    event: forged('SetDefaultPolicyVersion', names, second.change.eventTime),
    isInForce: async () => (await guard.inForce(PolicyArn)) !== 'v1',
  };
}

/** What was approved was detached since, by somebody who may. */
async function detached(): Promise<Out> {
  const UserName = `detached-${++count}`;
  await guard.iam.send(new iam.CreateUserCommand({ UserName }));
  await guard.iam.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn: ADMIN }));
  const request = await askedAfter([], `"${UserName}"`);
  await decided(request, 'approve');
  await guard.iam.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn: ADMIN }));
  const event = forged(
    'AttachUserPolicy',
    { userName: UserName, policyArn: ADMIN },
    request.change.eventTime,
  );
  const list = new iam.ListAttachedUserPoliciesCommand({ UserName });
  return {
    requests: [request],
    event,
    isInForce: async () => (await guard.iam.send(list)).AttachedPolicies?.length !== 0,
  };
}

const OUT: [string, () => Promise<Out>][] = [
  ['a version that was denied', versionDenied],
  ['an attachment that was ended', detached],
];

/** CloudTrail has had its time; what reconcile starts comes to its end. */
async function reconciled(): Promise<void> {
  await guard.settled();
  await pause(1_100);
  await guard.post('/api/reconcile', {});
  await guard.settled();
}

describe.each(OUT)('%s is not put back by an event that never was', (_, arrange) => {
  test('in an execution that bears the name of one that the guard has started again', async () => {
    const out = await arrange();
    const name = `again-${randomBytes(16).toString('hex')}-1-${randomBytes(12).toString('hex')}`;
    await start(guard, out.event, name);
    await reconciled();
    expect(await out.isInForce()).toBe(false);
  });

  test('whose first try fails, so that the second finds it done', async () => {
    const out = await arrange();
    const held = hold('quarantine');
    await start(guard, out.event);
    await held.entered;
    held.fail();
    await reconciled();
    expect(await out.isInForce()).toBe(false);
    const about = (await guard.state()).requests.filter(
      ({ id, change }) =>
        out.requests.every((known) => known.id !== id) &&
        JSON.stringify(change.target) === JSON.stringify(out.requests[0]?.change.target),
    );
    expect(about).toMatchObject([{ status: 'pending', approvalsNeeded: 2 }]);
    await guard.until('what is told', ({ slack }) =>
      slack.messages.find(
        ({ text, blocks }) =>
          text.includes('It was out of force already when it was told') &&
          JSON.stringify(blocks).includes(about[0]?.id ?? ''),
      ),
    );
  });
});

test('a version that was denied, and that is put back by hand, is taken out and asked about anew', async () => {
  const document = granting('s3:DeleteBucket');
  const PolicyArn = await guard.create({ name: 'rolled-back', document: HARMLESS });
  await guard.iam.send(new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document }));
  const back = new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' });
  await guard.iam.send(back);
  const first = await askedAfter([], PolicyArn);
  expect(await decided(first, 'deny')).toMatchObject({ outcome: 'denied' });
  expect(await guard.versionText(PolicyArn, 'v2')).toBe(document);
  await guard.iamAs('margaret').send(back);
  const second = await askedAfter([first], PolicyArn);
  expect(second).toMatchObject({ status: 'pending', approvalsNeeded: 1 });
  expect(await guard.inForce(PolicyArn)).toBe('v1');
  expect(await decided(second, 'deny')).toMatchObject({ outcome: 'denied' });
  expect(await guard.inForce(PolicyArn)).toBe('v1');
});
