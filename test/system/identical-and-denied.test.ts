import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  DetachUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ADA,
  BAD,
  GRACE,
  type GuardedSandbox,
  HARMLESS,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';

let guard: GuardedSandbox;

beforeAll(async () => {
  guard = await startGuardedSandbox({});
});
afterAll(() => guard.stop());

async function approvedPolicy(): Promise<string> {
  const request = await guard.held();
  await guard.click(request, 'approve', ADA);
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  await guard.settled();
  return request.policyArn ?? '';
}

const asked = async (arn: string) =>
  (await guard.state()).requests.filter(({ policyArn }) => policyArn === arn);

/** Somebody makes it the default of the policy. @returns the request that waits for it */
async function write(PolicyArn: string, PolicyDocument: string) {
  await guard.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  await guard.settled();
  return (await asked(PolicyArn)).find(({ outcome }) => !outcome);
}

async function deny(request: Awaited<ReturnType<typeof write>>): Promise<void> {
  if (request === undefined) throw new Error('Nothing waits.');
  await guard.deny(await guard.asked(({ id }) => id === request.id), GRACE);
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  await guard.settled();
}

describe('a denied version that is byte for byte the approved one before it', () => {
  it('leaves that in force and approved: the policy may be attached, and written and denied again', async () => {
    const PolicyArn = await approvedPolicy();
    for (let again = 0; again < 2; again++) {
      await deny(await write(PolicyArn, BAD));
      expect(await guard.inForce(PolicyArn)).toBe('v1');
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'developer', PolicyArn }));
      await guard.settled();
      expect((await asked(PolicyArn)).filter(({ outcome }) => !outcome)).toEqual([]);
      await guard.iam.send(new DetachUserPolicyCommand({ UserName: 'developer', PolicyArn }));
      await guard.settled();
    }
  });

  it('ends the approval of what was not in force any more: going back to it is asked about', async () => {
    const PolicyArn = await approvedPolicy();
    expect(await write(PolicyArn, HARMLESS)).toBeUndefined();
    const harmless = await guard.inForce(PolicyArn);
    await deny(await write(PolicyArn, BAD));
    expect(await guard.inForce(PolicyArn)).toBe(harmless);
    await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    await guard.settled();
    expect((await asked(PolicyArn)).filter(({ outcome }) => !outcome)).toHaveLength(1);
    expect(await guard.inForce(PolicyArn)).not.toBe('v1');
  });
});
