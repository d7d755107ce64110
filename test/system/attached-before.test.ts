import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { ADA, GRACE, type GuardedSandbox, granting, withinSandbox } from '../support/guarded-sandbox.ts';

const GUARDRAIL = '{"Sid":"guardrail","Effect":"Deny","Action":"kms:*","Resource":"*"}';
const HARMLESS = granting('s3:GetObject').replace(']}', `,${GUARDRAIL}]}`);
const BAD = granting('s3:DeleteBucket');
const WORSE = granting('s3:*');
const RoleName = 'production';
const TRUST = granting('sts:AssumeRole').replace(
  '"Resource":"*"',
  '"Principal":{"Service":"ec2.amazonaws.com"}',
);

const sweep = (guard: GuardedSandbox) => guard.post('/api/reconcile', {});
const fault = (guard: GuardedSandbox, faults: object) => guard.post('/api/faults', faults);
/** CloudTrail tells whole seconds. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

/** A role has held a policy since before the last sweep. @returns the policy's ARN */
async function held(guard: GuardedSandbox, document: string): Promise<string> {
  await sweep(guard);
  await guard.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
  const PolicyArn = await guard.create({ name: 'long-held', document });
  if (document !== HARMLESS) await approve(guard, 'CreatePolicy');
  await guard.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await guard.settled();
  await sweep(guard);
  await nextSecond();
  return PolicyArn;
}

const waitingFor = (guard: GuardedSandbox, eventName: string) =>
  guard.asked(({ change, status }) => change.eventName === eventName && status === 'pending');

async function approve(guard: GuardedSandbox, eventName: string): Promise<void> {
  const request = await waitingFor(guard, eventName);
  await guard.click(request, 'approve', ADA);
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  await guard.settled();
}

async function deny(guard: GuardedSandbox, eventName: string) {
  const request = await waitingFor(guard, eventName);
  await guard.deny(request, GRACE);
  const ended = await guard.ended(request.id);
  expect(ended).toMatchObject({ outcome: 'denied' });
  await guard.settled();
  return ended;
}

/** Puts a restricted version in force, and no event tells of it. */
async function putInForceUnheard(guard: GuardedSandbox, PolicyArn: string, PolicyDocument: string) {
  await fault(guard, { events: 'down' });
  await guard.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  await fault(guard, { events: 'up' });
}

async function attachAgain(guard: GuardedSandbox, PolicyArn: string): Promise<void> {
  await guard.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await guard.settled();
}

async function attached(guard: GuardedSandbox): Promise<(string | undefined)[]> {
  const { AttachedPolicies = [] } = await guard.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn);
}

const askedAbout = async (guard: GuardedSandbox) =>
  (await guard.state()).requests.filter(({ outcome }) => !outcome).map(({ change }) => change.eventName);

const within =
  (play: (guard: GuardedSandbox) => Promise<void>, more: Record<string, string> = {}) =>
  () =>
    withinSandbox({ SWEEP_SETTLE_SECONDS: '1', RESTRICTED_ACTIONS: 's3:Delete*', ...more }, play);

describe.concurrent('a policy that was attached before is attached again beside a version of it', () => {
  test(
    'the role keeps it, with what it denies, and the version alone is asked about',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      await fault(guard, { cloudTrailDelayMs: 400 });
      await guard.iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: BAD, SetAsDefault: true }),
      );
      await attachAgain(guard, PolicyArn);
      const request = await waitingFor(guard, 'CreatePolicyVersion');
      expect(await askedAbout(guard)).toEqual(['CreatePolicyVersion']);
      // Whoever decides about the version sees that the role has it.
      expect(JSON.stringify(await guard.message(request))).toContain(RoleName);
      await deny(guard, 'CreatePolicyVersion');
      expect(await attached(guard)).toEqual([PolicyArn]);
      expect(await guard.versionText(PolicyArn, (await guard.inForce(PolicyArn)) ?? '')).toBe(HARMLESS);
    }),
  );

  test(
    'also where its event comes first, and a sweep has to find the version',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      await putInForceUnheard(guard, PolicyArn, BAD);
      await attachAgain(guard, PolicyArn);
      expect(await askedAbout(guard)).toEqual([]);
      await sweep(guard);
      await nextSecond();
      await sweep(guard);
      await guard.asked(({ policyArn, status }) => policyArn === PolicyArn && status === 'pending');
      expect(await guard.inForce(PolicyArn)).toBe('v1');
      expect(await attached(guard)).toEqual([PolicyArn]);
    }),
  );

  test(
    'also where an older version is made the default, and a group has it',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      const GroupName = 'many';
      await guard.iam.send(new CreateGroupCommand({ GroupName }));
      await guard.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
      await guard.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: BAD }));
      await guard.settled();
      await nextSecond();
      await fault(guard, { events: 'down' });
      await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
      await fault(guard, { events: 'up' });
      await guard.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
      await guard.settled();
      expect(await askedAbout(guard)).toEqual([]);
      const { AttachedPolicies } = await guard.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
      expect(AttachedPolicies).toHaveLength(1);
    }),
  );

  test(
    'the role keeps what was approved',
    within(async (guard) => {
      const PolicyArn = await held(guard, BAD);
      await putInForceUnheard(guard, PolicyArn, WORSE);
      await attachAgain(guard, PolicyArn);
      expect(await askedAbout(guard)).toEqual([]);
      expect(await attached(guard)).toEqual([PolicyArn]);
    }),
  );

  test(
    'also where only the first sweep has seen that',
    within(async (guard) => {
      await guard.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      const PolicyArn = await guard.create({ name: 'long-held', document: BAD });
      await approve(guard, 'CreatePolicy');
      await attachAgain(guard, PolicyArn);
      await sweep(guard);
      await nextSecond();
      await putInForceUnheard(guard, PolicyArn, WORSE);
      await attachAgain(guard, PolicyArn);
      expect(await askedAbout(guard)).toEqual([]);
      expect(await attached(guard)).toEqual([PolicyArn]);
    }),
  );

  test(
    'a newcomer is detached and asked about, and stays detached when denied',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      await guard.iam.send(new CreateUserCommand({ UserName: 'newcomer' }));
      await putInForceUnheard(guard, PolicyArn, BAD);
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'newcomer', PolicyArn }));
      await waitingFor(guard, 'AttachUserPolicy');
      // Put back while its request waits: it has not stood by that.
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'newcomer', PolicyArn }));
      await guard.settled();
      await deny(guard, 'AttachUserPolicy');
      const { AttachedPolicies } = await guard.iam.send(
        new ListAttachedUserPoliciesCommand({ UserName: 'newcomer' }),
      );
      expect(AttachedPolicies).toEqual([]);
      expect(await attached(guard)).toEqual([PolicyArn]);
    }),
  );

  test(
    'where no sweep has come, nothing is known of it: it is detached and asked about',
    within(async (guard) => {
      await guard.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      const PolicyArn = await guard.create({ name: 'long-held', document: HARMLESS });
      await attachAgain(guard, PolicyArn);
      await nextSecond();
      await putInForceUnheard(guard, PolicyArn, BAD);
      await attachAgain(guard, PolicyArn);
      expect((await deny(guard, 'AttachRolePolicy')).outcomeDetail).toContain('stays detached');
      expect(await attached(guard)).toEqual([]);
    }),
  );

  test(
    'a forged event makes nobody somebody who has had it',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      const UserName = 'newcomer';
      await guard.iam.send(new CreateUserCommand({ UserName }));
      const { executions } = await guard.state();
      const genuine = executions.find(({ eventName }) => eventName === 'AttachRolePolicy');
      const { account, detail } = JSON.parse(guard.sandbox.inputText(genuine?.arn ?? ''));
      const forged = {
        ...{ ...detail, eventID: 'forged', eventName: 'AttachUserPolicy' },
        requestParameters: { userName: UserName, policyArn: PolicyArn },
      };
      guard.sandbox.redeliver({ account, detail: forged });
      await guard.settled();
      await nextSecond();
      await putInForceUnheard(guard, PolicyArn, BAD);
      await guard.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
      await waitingFor(guard, 'AttachUserPolicy');
      await deny(guard, 'AttachUserPolicy');
      const { AttachedPolicies } = await guard.iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
      expect(AttachedPolicies).toEqual([]);
    }),
  );
});

describe.concurrent('where every attachment is asked about, what was attached before', () => {
  const ALWAYS = { ATTACHMENTS: 'always-ask' };
  const denies = { RoleName, PolicyName: 'PolicyGuardDenies-long-held' };

  test(
    'is back after a denial; what it denies stays denied meanwhile',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      await fault(guard, { cloudTrailDelayMs: 400 });
      await guard.iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: BAD, SetAsDefault: true }),
      );
      await attachAgain(guard, PolicyArn);
      const request = await waitingFor(guard, 'AttachRolePolicy');
      expect(await attached(guard)).toEqual([]);
      const { PolicyDocument = '' } = await guard.iam.send(new GetRolePolicyCommand(denies));
      expect(decodeURIComponent(PolicyDocument)).toContain(GUARDRAIL);
      const { view } = await guard.click(request, 'details');
      expect(JSON.stringify(view)).toContain('It is attached again, as it was before the change.');
      await deny(guard, 'CreatePolicyVersion');
      await deny(guard, 'AttachRolePolicy');
      expect(await attached(guard)).toEqual([PolicyArn]);
      await expect(guard.iam.send(new GetRolePolicyCommand(denies))).rejects.toThrow(/cannot be found/);
      // The guard's own attaching starts nothing.
      expect(await askedAbout(guard)).toEqual([]);
    }, ALWAYS),
  );

  test(
    'is not back where it was detached in between, and attached again before CloudTrail has told of that',
    within(async (guard) => {
      const PolicyArn = await held(guard, HARMLESS);
      await fault(guard, { cloudTrailDelayMs: 1_500 });
      await guard.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      await nextSecond();
      await putInForceUnheard(guard, PolicyArn, BAD);
      await attachAgain(guard, PolicyArn);
      expect((await deny(guard, 'AttachRolePolicy')).outcomeDetail).toContain('stays detached');
      expect(await attached(guard)).toEqual([]);
    }, ALWAYS),
  );

  test(
    'is back with what was approved for it alone, each time that it is denied',
    within(async (guard) => {
      await fault(guard, { events: 'down' });
      const PolicyArn = await guard.create({ name: 'long-held', document: BAD });
      await guard.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      await sweep(guard);
      await fault(guard, { events: 'up' });
      await attachAgain(guard, PolicyArn);
      await approve(guard, 'AttachRolePolicy');
      for (let again = 0; again < 2; again++) {
        await nextSecond();
        await attachAgain(guard, PolicyArn);
        await deny(guard, 'AttachRolePolicy');
        expect(await attached(guard)).toEqual([PolicyArn]);
        expect(await askedAbout(guard)).toEqual([]);
      }
    }, ALWAYS),
  );
});
