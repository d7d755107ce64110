import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GetPolicyCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ADA, DEVON, GRACE, type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

/** Two readings right after one another would otherwise be ten minutes apart. */
const SOON = { SWEEP_SETTLE_SECONDS: '1' };

const BAD = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' }],
});
const GOOD = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});

const sweep = async (guard: GuardedSandbox) =>
  ((await guard.post('/api/reconcile', {})) as { sweep: Record<string, number> }).sweep;

const settle = () => new Promise((resolve) => setTimeout(resolve, 1_100));

const lose = (guard: GuardedSandbox) => guard.post('/api/faults', { events: 'down' });

async function twice(guard: GuardedSandbox) {
  await sweep(guard);
  await settle();
  return sweep(guard);
}

const create = async (guard: GuardedSandbox, name: string, document = BAD) => {
  const command = new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document });
  return (await guard.iam.send(command)).Policy?.Arn ?? '';
};

const inForce = async (guard: GuardedSandbox, arn: string) =>
  (await guard.iam.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.DefaultVersionId;

describe.concurrent('a change whose event is lost', () => {
  test('is found, quarantined and asked about, with who made it', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      await lose(guard);
      const arn = await create(guard, 'lost');
      expect(await sweep(guard)).toMatchObject({ found: 0 });
      expect(await inForce(guard, arn)).toBe('v1');
      await settle();
      expect(await sweep(guard)).toMatchObject({ found: 1 });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await inForce(guard, arn)).toBe('v2');
      expect(request.requester).toMatchObject({ status: 'matched', slackUserId: DEVON });
      expect(JSON.stringify(await guard.message(request))).toContain('found by the sweep');
      await guard.click(request, 'approve');
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await inForce(guard, arn)).toBe('v1');
      expect(await twice(guard)).toMatchObject({ found: 0 });
      expect(await inForce(guard, arn)).toBe('v1');
    }));

  test('is found for inline policies and attachments too', () =>
    withinSandbox(SOON, async (guard) => {
      const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
      await sweep(guard);
      await lose(guard);
      await guard.iam.send(
        new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'mine', PolicyDocument: BAD }),
      );
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: arn }));
      expect(await twice(guard)).toMatchObject({ found: 2 });
      await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
      await guard.asked(({ change }) => change.eventName === 'AttachUserPolicy');
      const { PolicyDocument = '' } = await guard.iam.send(
        new GetUserPolicyCommand({ UserName: 'alice', PolicyName: 'mine' }),
      );
      expect(decodeURIComponent(PolicyDocument)).not.toContain('DeleteBucket');
      const { AttachedPolicies } = await guard.iam.send(
        new ListAttachedUserPoliciesCommand({ UserName: 'alice' }),
      );
      expect(AttachedPolicies).toEqual([]);
    }));

  test('is found though CloudTrail does not show it: two people have to approve, and nothing is put back', () =>
    withinSandbox({ ...SOON, CONFIRM_SECONDS: '1' }, async (guard) => {
      await sweep(guard);
      await guard.post('/api/faults', { events: 'down', eventHistoryDelayMs: 900_000 });
      const arn = await create(guard, 'unseen');
      await twice(guard);
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(request).toMatchObject({ approvalsNeeded: 2 });
      await guard.post('/api/faults', { eventHistoryDelayMs: 0 });
      await settle();
      await sweep(guard);
      await guard.until('who made it', ({ requests }) =>
        requests.find(({ id, alsoNamed }) => id === request.id && alsoNamed?.[0]?.match.status === 'matched'),
      );
      expect(await inForce(guard, arn)).toBe('v2');
    }));

  test('that comes after all is the same change', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      await lose(guard);
      const arn = await create(guard, 'late');
      await twice(guard);
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      const { account, detail } = JSON.parse(guard.sandbox.inputText(request.executionArn));
      const { foundBySweepAt: _, ...record } = detail;
      await guard.sandbox.redeliver({ account, detail: record });
      await guard.until('its event', ({ executions }) =>
        executions.find(({ outcome }) => outcome === 'duplicate'),
      );
      const { requests } = await guard.state();
      expect(requests.map(({ id }) => id)).toEqual([request.id]);
    }));
});

describe.concurrent('what a sweep leaves alone', () => {
  test('what its event has told of, before and after the decision', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      const arn = await create(guard, 'told');
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await twice(guard)).toMatchObject({ found: 0 });
      await guard.click(request, 'approve');
      await guard.ended(request.id);
      expect(await twice(guard)).toMatchObject({ found: 0 });
      expect(await inForce(guard, arn)).toBe('v1');
    }));

  test('what is harmless; and it writes only what has changed', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      expect(await sweep(guard)).toMatchObject({ written: 0 });
      await lose(guard);
      await create(guard, 'harmless', GOOD);
      expect(await sweep(guard)).toMatchObject({ written: 1, found: 0 });
      await settle();
      expect(await sweep(guard)).toMatchObject({ written: 0, found: 0 });
    }));

  test('more than ten at once: people are asked first, in one message', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      await lose(guard);
      for (let count = 0; count < 11; count++) await create(guard, `many-${count}`);
      expect(await twice(guard)).toMatchObject({ found: 0, held: 11 });
      const told = await guard.until('the message', ({ slack }) =>
        slack.messages.find(({ text }) => text.includes('11 restricted grants at once')),
      );
      expect(JSON.stringify(told)).toContain('many-10');
      expect(await twice(guard)).toMatchObject({ found: 0 });
      const { requests, slack } = await guard.state();
      expect(requests).toEqual([]);
      expect(slack.messages.filter(({ text }) => text.includes('at once'))).toHaveLength(1);
    }));

  test('until an approver puts it to the channel', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      await lose(guard);
      for (let count = 0; count < 11; count++) await create(guard, `many-${count}`);
      await twice(guard);
      const listed = JSON.stringify(await guard.command('baseline many-7'));
      const [, id = ''] = /`([0-9a-f]{8})` `many-7`/.exec(listed) ?? [];
      expect(listed).not.toContain('many-8');
      expect(JSON.stringify(await guard.command(`baseline ask ${id}`, DEVON))).toContain('Only approvers');
      expect(await sweep(guard)).toMatchObject({ found: 0 });
      expect(JSON.stringify(await guard.command(`baseline ask ${id}`))).toContain('with the next sweep');
      expect(await sweep(guard)).toMatchObject({ found: 1 });
      const request = await guard.asked(() => true);
      expect(request.policyArn).toMatch(/many-7$/);
      expect(await inForce(guard, request.policyArn ?? '')).toBe('v2');
    }));
});

describe.concurrent('the first sweep', () => {
  test('takes stock of what was there before, touches nothing, and tells once, what is recent first', () =>
    withinSandbox(SOON, async (guard) => {
      await guard.post('/api/account', { policies: 30, principals: 5, restricted: 12, recent: 2 });
      expect(await sweep(guard)).toMatchObject({ found: 0, held: 0 });
      const told = await guard.until('what it found', ({ slack }) =>
        slack.messages.find(({ text }) => text.includes('14 restricted grants in force')),
      );
      const text = JSON.stringify(told);
      expect(text).toMatch(
        /Changed in the last 90 days: 2.*recent on user old-user-1.*In force for longer: 12/,
      );
      expect(text).toMatch(/recent on group old-group-0`, held by group\/old-group-0, user\/old-user-1/);
      expect(text).toMatch(/recent on user old-user-1`, held by user\/old-user-1, since [^•]*, by developer/);
      expect(text).toMatch(/old-policy-11`, held by user\/old-user-1, since/);
      expect(await twice(guard)).toMatchObject({ written: 0, found: 0, held: 0 });
      const { requests, slack } = await guard.state();
      expect(requests).toEqual([]);
      expect(slack.messages).toHaveLength(1);
      const listed = JSON.stringify(await guard.command('baseline'));
      expect(listed).toMatch(
        /Changed in the last 90 days: 2.*by developer.*In force for longer: 12.*old-policy-/,
      );
      expect(JSON.stringify(await guard.command('baseline old-policy-11'))).not.toContain('90 days');
    }));

  test('an approver puts any of it to the channel, and it goes the usual way', () =>
    withinSandbox(SOON, async (guard) => {
      await guard.post('/api/account', { policies: 1, principals: 1, restricted: 1 });
      await sweep(guard);
      const arn = 'arn:aws:iam::123456789012:policy/old-policy-0';
      const [, id = ''] =
        /`([0-9a-f]{8})` `old-policy-0`/.exec(JSON.stringify(await guard.command('baseline'))) ?? [];
      await guard.command(`baseline ask ${id}`);
      expect(await sweep(guard)).toMatchObject({ found: 1 });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await inForce(guard, arn)).toBe('v2');
      // Nobody knows whose it is.
      expect(request).toMatchObject({ approvalsNeeded: 2 });
      await guard.click(request, 'approve', ADA);
      await guard.click(request, 'approve', GRACE);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await inForce(guard, arn)).toBe('v1');
      expect(await twice(guard)).toMatchObject({ found: 0 });
      expect(JSON.stringify(await guard.command('baseline'))).toContain('no such restricted grant');
    }));

  test('judges what changed after the guard was deployed', () =>
    withinSandbox(SOON, async (guard) => {
      await lose(guard);
      await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
      await guard.iam.send(
        new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'mine', PolicyDocument: BAD }),
      );
      const arn = await create(guard, 'in-between');
      expect(await twice(guard)).toMatchObject({ found: 2 });
      await guard.asked(({ policyArn }) => policyArn === arn);
      await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
    }));
});

test('the doctor tells of the last complete sweep, and what it had to find', () =>
  withinSandbox(SOON, async (guard) => {
    const doctor = async () => JSON.stringify(await guard.command('doctor'));
    expect(await doctor()).toContain('never swept');
    expect(JSON.stringify(await guard.command('baseline'))).toContain('never swept');
    await sweep(guard);
    expect(await doctor()).toMatch(/The last complete one was on 20.*it had to find 0 grants/);
    await lose(guard);
    await create(guard, 'lost');
    await twice(guard);
    expect(await doctor()).toContain('it had to find 1 grant that');
  }));
