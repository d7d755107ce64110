import * as iam from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

let endpoint: RunningEndpoint;
let client: iam.IAMClient;

beforeEach(async () => {
  endpoint = await startAwsEndpoint();
  client = new iam.IAMClient(endpoint.config());
});
afterEach(() => endpoint.stop());

const UserName = 'developer';
const GroupName = 'developers';
const RoleName = 'deployer';
const holders = [
  [
    'user',
    'PoliciesPerUser',
    (PolicyArn: string) => client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn })),
    (PolicyArn: string) => client.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn })),
    (PathPrefix?: string) => client.send(new iam.ListAttachedUserPoliciesCommand({ UserName, PathPrefix })),
  ],
  [
    'group',
    'PoliciesPerGroup',
    (PolicyArn: string) => client.send(new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    (PolicyArn: string) => client.send(new iam.DetachGroupPolicyCommand({ GroupName, PolicyArn })),
    (PathPrefix?: string) => client.send(new iam.ListAttachedGroupPoliciesCommand({ GroupName, PathPrefix })),
  ],
  [
    'role',
    'PoliciesPerRole',
    (PolicyArn: string) => client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn })),
    (PolicyArn: string) => client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn })),
    (PathPrefix?: string) => client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName, PathPrefix })),
  ],
] as const;

describe.each(holders)('to a %s', (_, quota, attach, detach, list) => {
  const BILLING = 'arn:aws:iam::aws:policy/job-function/Billing';
  const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';

  test('a policy is attached once, listed, also by path, and detached', async () => {
    await attach(ADMIN);
    await attach(BILLING);
    await attach(BILLING);
    expect((await list()).AttachedPolicies).toEqual([
      { PolicyName: 'AdministratorAccess', PolicyArn: ADMIN },
      { PolicyName: 'Billing', PolicyArn: BILLING },
    ]);
    expect((await list('/job-function/')).AttachedPolicies).toHaveLength(1);
    await detach(ADMIN);
    expect((await list()).AttachedPolicies).toEqual([{ PolicyName: 'Billing', PolicyArn: BILLING }]);
  });

  test('no more than ten policies are attached, but those that are can be attached again', async () => {
    const arns: string[] = [];
    for (let i = 0; i < 11; i++) {
      const input = { PolicyName: `p${i}`, PolicyDocument: PLACEHOLDER };
      const { Policy } = await client.send(new iam.CreatePolicyCommand(input));
      arns.push(Policy?.Arn ?? '');
    }
    for (const arn of arns.slice(0, 10)) await attach(arn);
    await attach(arns[0] ?? '');
    await expect(attach(arns[10] ?? '')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: `Cannot exceed quota for ${quota}: 10`,
    });
  });

  test('what is not there is neither attached nor detached', async () => {
    const arn = 'arn:aws:iam::123456789012:policy/nothing';
    await expect(attach(arn)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${arn} does not exist or is not attachable.`,
    });
    await expect(attach('some-policy-that-is-no-arn')).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
    await expect(detach(ADMIN)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${ADMIN} was not found.`,
    });
  });
});
