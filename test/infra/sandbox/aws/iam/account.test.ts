import * as iam from '@aws-sdk/client-iam';
import { beforeEach, expect, test } from 'vitest';
import { fillFromBefore } from '../../../../../infra/sandbox/aws/iam/account-from-before.ts';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const BILLING = 'arn:aws:iam::aws:policy/job-function/Billing';
const { send, endpoint } = withIam();

beforeEach(async () => {
  const inline = { PolicyName: 'inline', PolicyDocument: PLACEHOLDER };
  await send(new iam.CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument: PLACEHOLDER }));
  await send(new iam.AttachUserPolicyCommand({ UserName: 'developer', PolicyArn: BILLING }));
  await send(new iam.PutGroupPolicyCommand({ GroupName: 'developers', ...inline }));
});

const details = (input: iam.GetAccountAuthorizationDetailsCommandInput = {}) =>
  send(new iam.GetAccountAuthorizationDetailsCommand(input));

test('the whole account is told at once', async () => {
  const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await details();
  expect(UserDetailList).toMatchObject([
    {
      UserName: 'developer',
      UserId: expect.stringMatching(/^AIDA/),
      GroupList: ['developers'],
      UserPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'Billing', PolicyArn: BILLING }],
    },
    { UserName: 'margaret.hamilton', GroupList: [], AttachedManagedPolicies: [] },
  ]);
  expect(GroupDetailList).toMatchObject([
    {
      GroupName: 'developers',
      GroupId: expect.stringMatching(/^AGPA/),
      GroupPolicyList: [
        { PolicyName: 'inline', PolicyDocument: encodeURIComponent(PLACEHOLDER).replace('*', '%2A') },
      ],
    },
  ]);
  const deployer = RoleDetailList?.find(({ RoleName }) => RoleName === 'deployer');
  expect(deployer).toMatchObject({ RoleId: expect.stringMatching(/^AROA/), AttachedManagedPolicies: [] });
  expect(decodeURIComponent(deployer?.AssumeRolePolicyDocument ?? '')).toContain(
    '"Action":"sts:AssumeRoleWithWebIdentity"',
  );
  expect(Policies?.map(({ PolicyName }) => PolicyName).sort()).toEqual(['Billing', 'mine']);
  const mine = Policies?.find(({ PolicyName }) => PolicyName === 'mine');
  expect(mine?.PolicyId).toMatch(/^ANPA/);
  expect(mine?.PolicyVersionList).toMatchObject([{ VersionId: 'v1', IsDefaultVersion: true }]);
});

test('or what is asked for, page by page', async () => {
  const policies = await details({ Filter: ['LocalManagedPolicy', 'AWSManagedPolicy'] });
  expect([policies.UserDetailList, policies.Policies?.length]).toEqual([[], 2]);
  const kinds = async (...Filter: iam.EntityType[]) => {
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await details({ Filter });
    return [UserDetailList, GroupDetailList, RoleDetailList, Policies].map((list) => list?.length ?? 0);
  };
  expect(await kinds('User')).toEqual([2, 0, 0, 0]);
  expect(await kinds('Group')).toEqual([0, 1, 0, 0]);
  expect(await kinds('Role', 'AWSManagedPolicy')).toEqual([0, 0, 4, 1]);
  const first = await details({ MaxItems: 2 });
  expect([first.UserDetailList?.length, first.GroupDetailList, first.IsTruncated]).toEqual([2, [], true]);
  const second = await details({ MaxItems: 1, Marker: first.Marker });
  expect([second.UserDetailList, second.GroupDetailList?.length]).toEqual([[], 1]);
});

test('the page sees the account’s own policies and those of AWS that are in use', () => {
  const { iam: backend } = endpoint().aws;
  expect(
    backend.listPolicies().map(({ name, awsManaged, attachedTo }) => ({ name, awsManaged, attachedTo })),
  ).toEqual(
    expect.arrayContaining([
      { name: 'mine', awsManaged: false, attachedTo: [] },
      { name: 'Billing', awsManaged: true, attachedTo: ['user/developer'] },
    ]),
  );
  expect(backend.listPolicies()).toHaveLength(2);
  expect(backend.listPolicies().find(({ name }) => name === 'mine')?.versions).toEqual([
    { versionId: 'v1', isDefault: true, document: PLACEHOLDER, createdAt: expect.stringMatching(/Z$/) },
  ]);
  expect(backend.listEntities()).toContainEqual({
    type: 'group',
    name: 'developers',
    arn: 'arn:aws:iam::123456789012:group/developers',
    attachedPolicies: [],
    inlinePolicies: [{ name: 'inline', document: PLACEHOLDER }],
  });
});

test('a page holds a hundred unless more are asked for, a thousand at most, and says whether there are others', async () => {
  fillFromBefore(endpoint().aws.iam.state, { policies: 1_100, principals: 10, restricted: 1, recent: 0 });
  const count = ({
    UserDetailList,
    GroupDetailList,
    RoleDetailList,
    Policies,
  }: Awaited<ReturnType<typeof details>>) =>
    [UserDetailList, GroupDetailList, RoleDetailList, Policies].flat().length;
  const page = await details();
  expect([count(page), page.IsTruncated, page.Marker]).toEqual([100, true, expect.any(String)]);
  const large = await details({ MaxItems: 1_000 });
  const rest = await details({ MaxItems: 1_000, ...(large.Marker && { Marker: large.Marker }) });
  expect([count(large), large.IsTruncated, rest.IsTruncated, rest.Marker]).toEqual([
    1_000,
    true,
    false,
    undefined,
  ]);
  expect(count(rest)).toBeGreaterThan(100);
  await expect(details({ MaxItems: 1_001 })).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(details({ Marker: 'nonsense' })).rejects.toMatchObject({ name: 'ValidationError' });
});

test('an account from before is a year old, in every kind, and filled twice it is the same', async () => {
  const { state } = endpoint().aws.iam;
  for (let times = 0; times < 2; times++)
    fillFromBefore(state, { policies: 20, principals: 20, restricted: 3, recent: 0 });
  const {
    Policies = [],
    UserDetailList,
    GroupDetailList,
    RoleDetailList,
  } = await details({ MaxItems: 1_000 });
  const old = Policies.filter(({ PolicyName }) => PolicyName?.startsWith('old-'));
  expect(old).toHaveLength(20);
  expect(old.every(({ CreateDate }) => Date.now() - Number(CreateDate) > 364 * 86_400_000)).toBe(true);
  expect(old.filter((policy) => JSON.stringify(policy).includes('DeleteBucket'))).toHaveLength(3);
  const users = UserDetailList?.filter(({ UserName }) => UserName?.startsWith('old-')) ?? [];
  expect(users).toHaveLength(10);
  expect(users[0]).toMatchObject({ GroupList: ['old-group-0'], UserPolicyList: [{ PolicyName: 'own' }] });
  expect(GroupDetailList?.filter(({ GroupName }) => GroupName?.startsWith('old-'))).toHaveLength(2);
  expect(RoleDetailList?.filter(({ RoleName }) => RoleName?.startsWith('old-'))).toHaveLength(8);
});
