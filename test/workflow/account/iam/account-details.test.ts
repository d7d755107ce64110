import { type GetAccountAuthorizationDetailsRequest, IAMClient } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { listDefaultVersions, listInlinePolicies } from '../../../../workflow/account/iam/account-details.ts';

/** A client whose calls are kept and answered with these pages, one after the other. */
function clientAnswering(pages: object[]) {
  const asked: GetAccountAuthorizationDetailsRequest[] = [];
  const client = new IAMClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    () => async (args) => {
      asked.push({ ...(args.input as GetAccountAuthorizationDetailsRequest) });
      return { response: {}, output: { $metadata: {}, ...pages[asked.length - 1] } };
    },
    { step: 'initialize' },
  );
  return { client, asked };
}

it.each([
  ['user', 'User'],
  ['group', 'Group'],
  ['role', 'Role'],
] as const)('lists the inline policies of every %s, decoded, over all pages', async (entity, kind) => {
  const holder = (name: string) => ({
    [`${kind}Name`]: name,
    [`${kind}PolicyList`]: [{ PolicyName: 'p', PolicyDocument: '%7B%20%22a%22%3A1%7D' }],
  });
  const { client, asked } = clientAnswering([
    { [`${kind}DetailList`]: [holder('one')], IsTruncated: true, Marker: 'next' },
    { [`${kind}DetailList`]: [holder('two'), { [`${kind}Name`]: 'bare' }] },
  ]);
  expect(await listInlinePolicies(client, entity)).toEqual([
    { entityName: 'one', policyName: 'p', document: '{ "a":1}' },
    { entityName: 'two', policyName: 'p', document: '{ "a":1}' },
  ]);
  expect(asked).toMatchObject([{ Filter: [kind] }, { Filter: [kind], Marker: 'next' }]);
});

it('lists the version in force of every customer managed policy, decoded, over all pages', async () => {
  const CreateDate = new Date('2026-03-02T09:15:00Z');
  const version = (VersionId: string, IsDefaultVersion: boolean) => ({
    VersionId,
    IsDefaultVersion,
    CreateDate,
    Document: '%7B%7D',
  });
  const { client, asked } = clientAnswering([
    { Policies: [{ Arn: 'a', PolicyVersionList: [version('v2', false), version('v1', true)] }], Marker: 'm' },
    { Policies: [{ Arn: 'b', PolicyVersionList: [version('v3', true)] }] },
  ]);
  const createdAt = CreateDate.toISOString();
  expect(await listDefaultVersions(client)).toEqual([
    { policyArn: 'a', versionId: 'v1', createdAt, document: '{}' },
    { policyArn: 'b', versionId: 'v3', createdAt, document: '{}' },
  ]);
  expect(asked).toMatchObject([{ Filter: ['LocalManagedPolicy'] }, { Marker: 'm' }]);
});
