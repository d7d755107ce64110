import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { eventOf, start } from '../support/forged-events.ts';
import { ADA, type GuardedSandbox, granting, HARMLESS, withinSandbox } from '../support/guarded-sandbox.ts';

const RESTRICTED = granting('s3:DeleteBucket');
const UserName = 'old-user-1';
const PolicyName = 'recent';
const OLD_POLICY = 'arn:aws:iam::123456789012:policy/old-policy-1';

type Call = (guard: GuardedSandbox) => Promise<unknown>;

const putInline: Call = ({ iam }) =>
  iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: RESTRICTED }));
const deleteInline: Call = ({ iam }) => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
const setDefault =
  (VersionId: string): Call =>
  ({ iam }) =>
    iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: OLD_POLICY, VersionId }));

/** Ways to take away what the first run found and, within CloudTrail's delay, to put it back. */
const WAYS: Readonly<Record<string, { prepare?: Call; end: Call; again: Call }>> = {
  'an inline policy that is deleted': { end: deleteInline, again: putInline },
  'an inline policy that is replaced': {
    end: ({ iam }) => iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: HARMLESS })),
    again: putInline,
  },
  'an attachment that is detached': {
    end: ({ iam }) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: OLD_POLICY })),
    again: ({ iam }) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: OLD_POLICY })),
  },
  'a version that is the default no more': {
    prepare: ({ iam }) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn: OLD_POLICY, PolicyDocument: HARMLESS })),
    end: setDefault('v2'),
    again: setDefault('v1'),
  },
};

/** Whether any of what the ways are about is in force as the first run has found it. */
async function stands(
  guard: GuardedSandbox,
): Promise<{ inline: boolean; attached: boolean; version: boolean }> {
  const { entities, policies } = await guard.state();
  const user = entities.find(({ name }) => name === UserName);
  const inForce = policies.find(({ arn }) => arn === OLD_POLICY)?.versions.find(({ isDefault }) => isDefault);
  return {
    inline:
      user?.inlinePolicies.some(({ name, document }) => name === PolicyName && document === RESTRICTED) ??
      false,
    attached: user?.attachedPolicies.includes(OLD_POLICY) ?? false,
    version: inForce?.versionId === 'v1',
  };
}

async function twoSweeps(guard: GuardedSandbox): Promise<void> {
  await guard.post('/api/reconcile', {});
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await guard.post('/api/reconcile', {});
  await guard.settled();
}

const withStock = (play: (guard: GuardedSandbox) => Promise<void>) =>
  withinSandbox({ SANDBOX_CLOUDTRAIL_DELAY_MS: '700', SWEEP_SETTLE_SECONDS: '1' }, async (guard) => {
    await guard.post('/api/account', { policies: 3, principals: 3, restricted: 2, recent: 3 });
    await guard.post('/api/reconcile', {});
    expect(await stands(guard)).toEqual({ inline: true, attached: true, version: true });
    await play(guard);
  });

describe.concurrent('what the first run found, taken away and put back before any event of it comes', () => {
  test.each(Object.entries(WAYS))('%s is asked about', (_way, { prepare, end, again }) =>
    withStock(async (guard) => {
      const before = await stands(guard);
      await prepare?.(guard);
      await guard.settled();
      await end(guard);
      await again(guard);
      await guard.settled();
      // Where the event of the second came first, it is the sweep that sees it.
      await twoSweeps(guard);
      const { requests } = await guard.state();
      const [request, ...others] = requests.filter(({ outcome }) => outcome === null);
      expect(others).toEqual([]);
      expect(await stands(guard)).not.toEqual(before);
      if (request === undefined) throw new Error('Nobody is asked.');
      const shown = await guard.asked(({ id }) => id === request.id);
      await guard.click(shown, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await stands(guard)).toEqual(before);
    }),
  );
});

test('an event that tells of an end which never was takes nothing away', () =>
  withStock(async (guard) => {
    const { detail, ...envelope } = eventOf(OLD_POLICY, 'developer');
    const requestParameters = { userName: UserName, policyName: PolicyName };
    const forged = { ...detail, eventName: 'DeleteUserPolicy', requestParameters, responseElements: null };
    await start(guard, { ...envelope, detail: forged });
    await guard.settled();
    await twoSweeps(guard);
    expect(await stands(guard)).toEqual({ inline: true, attached: true, version: true });
    expect((await guard.state()).requests).toEqual([]);
  }));

const DEPLOYER = 'arn:aws:iam::123456789012:role/deployer until 2999-12-31: it deploys';

test('what somebody exempt has made stays where another makes the same call once more', () =>
  withinSandbox({ SWEEP_SETTLE_SECONDS: '1', EXEMPT_REQUESTERS: DEPLOYER }, async (guard) => {
    await guard.post('/api/reconcile', {});
    const deployer = guard.iamAs('deployer');
    const grant = { UserName: 'served', PolicyName, PolicyDocument: RESTRICTED };
    await deployer.send(new CreateUserCommand(grant));
    await deployer.send(new PutUserPolicyCommand(grant));
    await guard.settled();
    for (let round = 0; round < 2; round++) await twoSweeps(guard);
    await guard.iam.send(new PutUserPolicyCommand(grant));
    await guard.settled();
    expect(await guard.inlineText(grant)).toBe(RESTRICTED);
    const { requests } = await guard.state();
    expect(requests.map(({ outcome }) => outcome)).toEqual(['exempt']);
    // Nobody is exempt by what another has made there.
    await guard.iam.send(new PutUserPolicyCommand({ ...grant, PolicyDocument: granting('s3:DeleteObject') }));
    await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
    expect(await guard.inlineText(grant)).not.toContain('Allow');
  }));
