import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { NotFoundError } from '../../../../workflow/account/iam/iam.ts';
import { createIamReader } from '../../../../workflow/account/iam/iam-client.ts';
import { endpointOfThisFile } from '../../../support/aws-endpoint.ts';
import { HARMLESS } from '../../../support/ways-in.ts';

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

const endpoint = await endpointOfThisFile();

it('tells the users and roles that have a policy, and nothing of one that is not there', async () => {
  const client = new IAMClient(endpoint.config());
  const created = await client.send(
    new CreatePolicyCommand({ PolicyName: 'reports', PolicyDocument: HARMLESS }),
  );
  const PolicyArn = created.Policy?.Arn ?? '';
  await client.send(new CreateUserCommand({ UserName: 'alice' }));
  await client.send(new CreateRoleCommand({ RoleName: 'reporter', AssumeRolePolicyDocument: TRUST }));
  await client.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn }));
  await client.send(new AttachRolePolicyCommand({ RoleName: 'reporter', PolicyArn }));

  const iam = createIamReader(endpoint.config());
  expect((await iam.listAttachedTo(PolicyArn)).toSorted()).toEqual(['role/reporter', 'user/alice']);
  await expect(iam.listAttachedTo(`${PolicyArn}-2`)).rejects.toBeInstanceOf(NotFoundError);
});
