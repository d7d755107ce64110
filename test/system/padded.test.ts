import { CreatePolicyVersionCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import { breakableHandlers } from '../support/breakable.ts';
import { granting, sandboxOfThisFile, startGuardedSandbox } from '../support/guarded-sandbox.ts';

/** So long that CloudTrail leaves out all that was asked for, the names as well. */
const PADDED = granting('s3:DeleteBucket').replace('{', `{${' '.repeat(60_000)}`) + ' '.repeat(60_000);

const guard = await sandboxOfThisFile();

test('a padded inline policy is quarantined, and put back byte for byte', async () => {
  const padded = { UserName: 'padded-user', PolicyName: 'p', PolicyDocument: PADDED };
  await guard.iam.send(new CreateUserCommand(padded));
  await guard.iam.send(new PutUserPolicyCommand(padded));
  const request = await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
  expect(guard.sandbox.inputText(request.executionArn)).toContain('requestParameters too large');
  expect(await guard.inlineText(padded)).toBe(PLACEHOLDER);
  await guard.click(request, 'approve');
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  expect(await guard.inlineText(padded)).toBe(PADDED);
  await guard.settled();
  const { executions, requests } = await guard.state();
  expect(requests).toHaveLength(1);
  // What the guard put back is padded too, and nothing to ask or to warn about.
  expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
});

test('a padded version is quarantined, and put back byte for byte', async () => {
  const PolicyArn = await guard.create({ name: 'padded', document: granting('s3:GetObject') });
  const padded = { PolicyArn, PolicyDocument: PADDED, SetAsDefault: true };
  await guard.iam.send(new CreatePolicyVersionCommand(padded));
  const request = await guard.asked(({ change }) => change.eventName === 'CreatePolicyVersion');
  expect(await guard.inForce(PolicyArn)).toBe('v1');
  await guard.click(request, 'approve');
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  expect(await guard.inForce(PolicyArn)).toBe('v2');
  expect(await guard.versionText(PolicyArn, 'v2')).toBe(PADDED);
});

test('a padded inline policy is quarantined though nothing could be inspected', async () => {
  const broken = breakableHandlers(new Map([['inspect', 'ServiceUnavailable']]));
  const uninspected = await startGuardedSandbox({}, broken, { hurryMs: 40 });
  const padded = { UserName: 'padded-user', PolicyName: 'p', PolicyDocument: PADDED };
  await uninspected.iam.send(new CreateUserCommand(padded));
  await uninspected.iam.send(new PutUserPolicyCommand(padded));
  await uninspected.asked(({ change }) => change.eventName === 'PutUserPolicy');
  expect(await uninspected.inlineText(padded)).toBe(PLACEHOLDER);
  await uninspected.stop();
});
