import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/functions.ts';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { ADA, BAD, GRACE, type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';
import { NEEDED_ELSEWHERE, permissionsUsed, refusesOnPurpose } from '../support/permissions-used.ts';

const HARMLESS = BAD.replace(/s3:Delete\w*\*?/g, 's3:GetObject');

/** What the sandbox has no service for. */
const NO_SERVICE = [
  'notify EncryptEmail kms:Decrypt',
  'notify EncryptEmail kms:GenerateDataKey',
  // Lambda itself takes the messages.
  ...['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map(
    (call) => `reconcile TakeUndelivered sqs:${call}`,
  ),
];

test('a function whose role lacks a permission fails, as it would on AWS', () =>
  withinSandbox(
    {},
    async (guard) => {
      const roleArn = 'arn:aws:iam::123456789012:role/policy-guard-contain';
      refusesOnPurpose(guard.sandbox);
      guard.sandbox.permissions.limit(roleArn, []);
      const { Policy } = await guard.iam.send(
        new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: BAD }),
      );
      const request = await guard.asked(({ policyArn }) => policyArn === Policy?.Arn);
      expect((await guard.message(request))?.text).toContain('It could NOT be taken out of force.');
    },
    { hurryMs: 100 },
  ));

test('no function may do what nothing needs', () =>
  withinSandbox({}, async (guard) => {
    await playAll(guard);
    const used = new Set([...permissionsUsed(guard.sandbox), ...NEEDED_ELSEWHERE, ...NO_SERVICE]);
    const permitted = Object.values(FUNCTIONS).flatMap(({ name, permissions }) =>
      permissions
        .filter(({ effect }) => effect !== 'Deny')
        .flatMap(({ sid, actions }) => actions.map((action) => `${name} ${sid} ${action}`)),
    );
    expect(permitted.filter((permission) => !used.has(permission))).toEqual([]);
  }));

async function playAll(guard: GuardedSandbox): Promise<void> {
  const { iam } = guard;
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'good', PolicyDocument: HARMLESS }),
  );
  await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument: BAD, SetAsDefault: true }),
  );
  await iam.send(new CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument: BAD }));
  const inline = { PolicyName: 'inline', PolicyDocument: BAD };
  const attached = { PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' };
  for (const command of [
    new PutUserPolicyCommand({ UserName: 'developer', ...inline }),
    new PutGroupPolicyCommand({ GroupName: 'developers', ...inline }),
    new PutRolePolicyCommand({ RoleName: 'deployer', ...inline }),
    new AttachUserPolicyCommand({ UserName: 'developer', ...attached }),
    new AttachGroupPolicyCommand({ GroupName: 'developers', ...attached }),
    new AttachRolePolicyCommand({ RoleName: 'deployer', ...attached }),
  ]) {
    await iam.send(command as PutUserPolicyCommand);
  }
  await decideAll(guard, 8);
  await guard.post('/api/faults', { slack: 'down' });
  await iam.send(new PutUserPolicyCommand({ UserName: 'developer', ...inline, PolicyName: 'by-e-mail' }));
  const link = await guard.until('the e-mail', ({ emails }) => emails.flatMap(({ links }) => links).at(0));
  await fetch(link, { method: 'POST', body: new URLSearchParams({ reason: 'Not like this.' }) });
  await guard.post('/api/faults', { slack: 'up' });
  for (const text of ['doctor', 'history developer', `check ${BAD}`]) {
    await guard.post('/api/slack/commands', { user: ADA, command: '/policy-guard', text });
  }
  await guard.post('/api/reconcile', {});
  await guard.settled();
}

/** So that each permission to write is needed: what was attached is attached again, what was put is deleted. */
const isApproved = ({ change: { target } }: RequestState) =>
  target.type === 'attachment' || ('policyArn' in target && target.policyArn.endsWith('/good'));

async function decideAll(guard: GuardedSandbox, count: number): Promise<void> {
  const requests = await guard.until('all are asked about', ({ requests }) => {
    const asked = requests.filter(({ slack }) => slack != null);
    return asked.length === count ? asked : undefined;
  });
  for (const request of requests) {
    if (isApproved(request)) await guard.click(request, 'approve', GRACE);
    else await guard.deny(request, GRACE);
  }
  await guard.settled();
}
