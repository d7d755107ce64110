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

const holders = [
  [
    'user',
    'developer',
    (policy: { PolicyName: string; PolicyDocument: string }) =>
      client.send(new iam.PutUserPolicyCommand({ UserName: 'DEVELOPER', ...policy })),
    (PolicyName: string) => client.send(new iam.GetUserPolicyCommand({ UserName: 'developer', PolicyName })),
    (PolicyName: string) =>
      client.send(new iam.DeleteUserPolicyCommand({ UserName: 'developer', PolicyName })),
    () => client.send(new iam.ListUserPoliciesCommand({ UserName: 'developer' })),
  ],
  [
    'group',
    'developers',
    (policy: { PolicyName: string; PolicyDocument: string }) =>
      client.send(new iam.PutGroupPolicyCommand({ GroupName: 'Developers', ...policy })),
    (PolicyName: string) =>
      client.send(new iam.GetGroupPolicyCommand({ GroupName: 'developers', PolicyName })),
    (PolicyName: string) =>
      client.send(new iam.DeleteGroupPolicyCommand({ GroupName: 'developers', PolicyName })),
    () => client.send(new iam.ListGroupPoliciesCommand({ GroupName: 'developers' })),
  ],
  [
    'role',
    'deployer',
    (policy: { PolicyName: string; PolicyDocument: string }) =>
      client.send(new iam.PutRolePolicyCommand({ RoleName: 'Deployer', ...policy })),
    (PolicyName: string) => client.send(new iam.GetRolePolicyCommand({ RoleName: 'deployer', PolicyName })),
    (PolicyName: string) =>
      client.send(new iam.DeleteRolePolicyCommand({ RoleName: 'deployer', PolicyName })),
    () => client.send(new iam.ListRolePoliciesCommand({ RoleName: 'deployer' })),
  ],
] as const;

describe.each(holders)('of a %s', (entity, name, put, get, remove, list) => {
  test('a policy is put, found whatever the case of the holder’s name, replaced and deleted', async () => {
    const padded = `${PLACEHOLDER}\r\n   `;
    await put({
      PolicyName: 'b',
      PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    });
    await put({ PolicyName: 'a', PolicyDocument: PLACEHOLDER });
    await put({ PolicyName: 'b', PolicyDocument: padded });
    expect(await list()).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: false });
    const found = await get('b');
    expect(Object.values(found)).toContain(name);
    expect(decodeURIComponent(found.PolicyDocument ?? '')).toBe(padded);
    await remove('b');
    await expect(get('b')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The ${entity} policy with name b cannot be found.`,
    });
    expect((await list()).PolicyNames).toEqual(['a']);
  });

  test('the quota counts the policies of all names, but not the one that is replaced', async () => {
    const quota = { user: 2048, group: 5120, role: 10_240 }[entity];
    const ofSize = (size: number) => {
      const [before, after] = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::|' }],
      }).split('|') as [string, string];
      return before + 'x'.repeat(size - before.length - after.length) + after;
    };
    await put({ PolicyName: 'first', PolicyDocument: ofSize(quota - 200) });
    await put({ PolicyName: 'first', PolicyDocument: ofSize(quota - 100) });
    await put({ PolicyName: 'second', PolicyDocument: `${ofSize(100)}${' '.repeat(1000)}` });
    await expect(put({ PolicyName: 'second', PolicyDocument: ofSize(101) })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: `Maximum policy size of ${quota} bytes exceeded for ${entity} ${name}`,
    });
    expect(decodeURIComponent((await get('second')).PolicyDocument ?? '').trim()).toHaveLength(100);
  });

  test('a malformed document is refused, and the old one stays', async () => {
    await put({ PolicyName: 'p', PolicyDocument: PLACEHOLDER });
    await expect(put({ PolicyName: 'p', PolicyDocument: '{}' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
    expect(decodeURIComponent((await get('p')).PolicyDocument ?? '')).toBe(PLACEHOLDER);
  });
});
