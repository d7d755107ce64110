import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const { send, call } = withIam();

const holders = [
  ['user', 'PoliciesPerUser', 'User', 'developer'],
  ['group', 'PoliciesPerGroup', 'Group', 'developers'],
  ['role', 'PoliciesPerRole', 'Role', 'deployer'],
];

describe.each(holders)('to a %s', (_, quota, Entity, name) => {
  const holder = { [`${Entity}Name`]: name };
  const attach = (PolicyArn: string) => call(`Attach${Entity}Policy`, { ...holder, PolicyArn });
  const detach = (PolicyArn: string) => call(`Detach${Entity}Policy`, { ...holder, PolicyArn });
  const list = (PathPrefix?: string) => call(`ListAttached${Entity}Policies`, { ...holder, PathPrefix });
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
      const { Policy } = await send(new iam.CreatePolicyCommand(input));
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
