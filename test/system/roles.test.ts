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

const HARMLESS = BAD.replace(/s3:Delete\w*\*?/g, 's3:GetObject');

/** What is needed on days that are told elsewhere, and what the sandbox has no service for. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'inspect ReadUsers iam:GetUserPolicy': 'padded.test.ts',
  'inspect ReadGroups iam:GetGroupPolicy': 'padded.test.ts',
  'inspect ReadRoles iam:GetRolePolicy': 'padded.test.ts',
  'inspect ReadAccount iam:GetAccountAuthorizationDetails': 'padded.test.ts',
  // The inventory follows events once a first sweep has taken stock.
  ...Object.fromEntries(
    [
      ...['User', 'Group', 'Role'].map((entity) => `LookAtAttachments iam:ListAttached${entity}Policies`),
      ...['PutItem', 'DeleteItem'].map((call) => `KeepInventory dynamodb:${call}`),
    ].map((permission) => [`inspect ${permission}`, 'before.test.ts']),
  ),
  'contain ReadAccount iam:GetAccountAuthorizationDetails': 'padded.test.ts, where Inspect has failed',
  'notify EncryptEmail kms:Decrypt': 'the sandbox has no KMS',
  'notify EncryptEmail kms:GenerateDataKey': 'the sandbox has no KMS',
  'notify ListRequests dynamodb:Query': 'many-at-once.test.ts',
  'slack ReadStory dynamodb:Query': 'the-whole-story.test.ts',
  'slack AskAboutGrants dynamodb:UpdateItem': 'found-by-the-sweep.test.ts',
  'slack ReadHistory dynamodb:Query': 'pleasant-to-decide-in.test.ts',
  'slack DecideInBackground lambda:InvokeFunction': 'many-at-once.test.ts',
  'email DeliverDecision states:SendTaskFailure': 'the-right-people-decide.test.ts',
  'install ReadSecrets secretsmanager:GetSecretValue': 'install.test.ts',
  'install KeepToken secretsmanager:PutSecretValue': 'install.test.ts',
  // The sweep reads directly what an event has not told of.
  ...Object.fromEntries(
    [
      ...['GetPolicy', 'GetPolicyVersion', 'ListPolicyVersions'].map((each) => `ReadPolicies iam:${each}`),
      'ReadAttachments iam:ListEntitiesForPolicy',
      ...['User', 'Group', 'Role'].flatMap((entity) => [
        `Read${entity}s iam:Get${entity}`,
        `Read${entity}s iam:Get${entity}Policy`,
        `LookAtAttachments iam:ListAttached${entity}Policies`,
      ]),
    ].map((permission) => [`reconcile ${permission}`, 'found-by-the-sweep.test.ts']),
  ),
  'reconcile ReadHistory dynamodb:Query': 'it-always-finds-back.test.ts',
  'reconcile ReadTogether dynamodb:BatchGetItem': 'it-always-finds-back.test.ts',
  'reconcile StartExecutions states:StartExecution': 'it-always-finds-back.test.ts',
  'reconcile LookAtExecutions states:DescribeExecution': 'it-always-finds-back.test.ts',
  'reconcile DeliverDecision states:SendTaskSuccess': 'it-always-finds-back.test.ts',
  'reconcile DeliverDecision states:SendTaskFailure': 'it-always-finds-back.test.ts',
  'reconcile TakeUndelivered sqs:ReceiveMessage': 'Lambda itself takes the messages',
  'reconcile TakeUndelivered sqs:DeleteMessage': 'Lambda itself takes the messages',
  'reconcile TakeUndelivered sqs:GetQueueAttributes': 'Lambda itself takes the messages',
};

test('a function whose role lacks a permission fails, as it would on AWS', () =>
  withinSandbox({}, async (guard) => {
    const roleArn = 'arn:aws:iam::123456789012:role/policy-guard-contain';
    guard.sandbox.permissions.limit(roleArn, []);
    const { Policy } = await guard.iam.send(
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: BAD }),
    );
    const request = await guard.asked(({ policyArn }) => policyArn === Policy?.Arn);
    expect((await guard.message(request))?.text).toContain('It could NOT be taken out of force.');
  }));

test('no function may do what nothing needs', () =>
  withinSandbox({}, async (guard) => {
    await playAll(guard);
    const unused = Object.values(FUNCTIONS).flatMap(({ name, permissions }) => {
      const used = new Set(
        guard.sandbox.permissions
          .used()
          .filter(({ roleArn }) => roleArn.endsWith(`/policy-guard-${name}`))
          .map(({ sid, action }) => `${sid} ${action}`),
      );
      return permissions
        .filter(({ effect }) => effect !== 'Deny')
        .flatMap(({ sid, actions }) => actions.map((action) => `${sid} ${action}`))
        .filter((permission) => !used.has(permission))
        .map((permission) => `${name} ${permission}`);
    });
    expect(unused.filter((permission) => !Object.hasOwn(ELSEWHERE, permission))).toEqual([]);
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
