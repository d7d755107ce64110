import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import { type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';

const policy = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
/** So long that CloudTrail leaves out all that was asked for, the names as well. */
const PADDED = policy('s3:DeleteBucket').replace('{', `{${' '.repeat(60_000)}`) + ' '.repeat(60_000);

let guard: GuardedSandbox;
beforeAll(async () => {
  guard = await startGuardedSandbox();
});
afterAll(() => guard.stop());

test('a padded inline policy is quarantined, and put back byte for byte', async () => {
  const padded = { UserName: 'padded-user', PolicyName: 'p', PolicyDocument: PADDED };
  const inForce = async () =>
    decodeURIComponent((await guard.iam.send(new GetUserPolicyCommand(padded))).PolicyDocument ?? '');
  await guard.iam.send(new CreateUserCommand(padded));
  await guard.iam.send(new PutUserPolicyCommand(padded));
  const request = await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
  expect(guard.sandbox.inputText(request.executionArn)).toContain('requestParameters too large');
  expect(await inForce()).toBe(PLACEHOLDER);
  await guard.click(request, 'approve');
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  expect(await inForce()).toBe(PADDED);
  await guard.settled();
  const { executions, requests } = await guard.state();
  expect(requests).toHaveLength(1);
  // What the guard put back is padded too, and nothing to ask or to warn about.
  expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
});

test('a padded version is quarantined, and put back byte for byte', async () => {
  const { Policy } = await guard.iam.send(
    new CreatePolicyCommand({ PolicyName: 'padded', PolicyDocument: policy('s3:GetObject') }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  const inForce = async () =>
    (await guard.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId;
  const padded = { PolicyArn, PolicyDocument: PADDED, SetAsDefault: true };
  await guard.iam.send(new CreatePolicyVersionCommand(padded));
  const request = await guard.asked(({ change }) => change.eventName === 'CreatePolicyVersion');
  expect(await inForce()).toBe('v1');
  await guard.click(request, 'approve');
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  expect(await inForce()).toBe('v2');
  const { PolicyVersion } = await guard.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(PADDED);
});
