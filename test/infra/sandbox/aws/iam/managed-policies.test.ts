import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const { send, endpoint } = withIam();

const create = (PolicyName: string, more: Partial<iam.CreatePolicyCommandInput> = {}) =>
  send(new iam.CreatePolicyCommand({ PolicyName, PolicyDocument: PLACEHOLDER, ...more }));
const arnOf = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
const namesIn = ({ Policies }: iam.ListPoliciesCommandOutput) =>
  Policies?.map(({ PolicyName }) => PolicyName);

test('a policy is told as it was created, with its path in the ARN', async () => {
  const description = '<b>"quoted" & escaped</b>\r\nsecond line';
  const Tags = [{ Key: 'team', Value: '' }];
  const { Policy: created } = await create('p', { Path: '/a/b/', Description: description, Tags });
  const expected = {
    PolicyName: 'p',
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Arn: arnOf('a/b/p'),
    Path: '/a/b/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: expect.any(Date),
    UpdateDate: expect.any(Date),
    Tags,
  };
  expect(created).toEqual(expected);
  const { Policy: read } = await send(new iam.GetPolicyCommand({ PolicyArn: arnOf('a/b/p') }));
  expect(read).toEqual({ ...expected, Description: description });
  const tags = await send(new iam.ListPolicyTagsCommand({ PolicyArn: arnOf('a/b/p') }));
  expect(tags.Tags).toEqual(Tags);
});

test('a document comes back byte for byte', async () => {
  const document = `{"Version":"2012-10-17","Statement":[\r\n\t{"Effect":"Allow","Action":"s3:*","Resource":"*","Sid":"",\n"Condition":{"StringEquals":{"aws:PrincipalTag/n":"é+%20 !'()*&<>\\u2028"}}}]}\n  `;
  await create('bytes', { PolicyDocument: document });
  const { PolicyVersion } = await send(
    new iam.GetPolicyVersionCommand({ PolicyArn: arnOf('bytes'), VersionId: 'v1' }),
  );
  expect(PolicyVersion?.Document).toMatch(/^[\w.~%-]+$/);
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(document);
});

describe('ListPolicies', () => {
  const list = async (input: iam.ListPoliciesCommandInput) =>
    namesIn(await send(new iam.ListPoliciesCommand(input)));

  test('tells the account’s policies from those of AWS', async () => {
    await create('mine');
    expect(await list({ Scope: 'Local' })).toEqual(['mine']);
    const ofAws = await list({ Scope: 'AWS' });
    expect(ofAws).toContain('AdministratorAccess');
    expect(ofAws).not.toContain('mine');
    expect(await list({})).toHaveLength((ofAws?.length ?? 0) + 1);
  });

  test('tells those that are attached', async () => {
    await create('unused');
    await send(
      new iam.AttachUserPolicyCommand({
        UserName: 'developer',
        PolicyArn: 'arn:aws:iam::aws:policy/job-function/Billing',
      }),
    );
    expect(await list({ OnlyAttached: true })).toEqual(['Billing']);
  });

  test('tells those under a path', async () => {
    await create('a', { Path: '/x/' });
    await create('b');
    expect(await list({ PathPrefix: '/x', Scope: 'Local' })).toEqual(['a']);
  });

  test('gives page after page, none of them twice', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name);
    const pages: (string | undefined)[][] = [];
    const client = new iam.IAMClient(endpoint().config());
    for await (const page of iam.paginateListPolicies({ client, pageSize: 2 }, { Scope: 'Local' })) {
      pages.push(namesIn(page) ?? []);
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test.each([
    ['a marker that no page gave', { Marker: 'nonsense' }, 'Invalid Marker.'],
    ['a page of none', { MaxItems: 0 }, /greater than or equal to 1/],
    ['an unknown scope', { Scope: 'Mine' as 'All' }, /enum value set/],
  ])('refuses %s', async (_, input, message) => {
    await expect(list(input)).rejects.toMatchObject({
      name: 'ValidationError',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});

test('who a policy is attached to can be asked, also by kind', async () => {
  await create('p');
  const PolicyArn = arnOf('p');
  await send(new iam.AttachUserPolicyCommand({ UserName: 'developer', PolicyArn }));
  await send(new iam.AttachGroupPolicyCommand({ GroupName: 'developers', PolicyArn }));
  await send(new iam.AttachRolePolicyCommand({ RoleName: 'deployer', PolicyArn }));
  const all = await send(new iam.ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(all.PolicyUsers).toEqual([{ UserName: 'developer', UserId: expect.stringMatching(/^AIDA/) }]);
  expect(all.PolicyGroups).toEqual([{ GroupName: 'developers', GroupId: expect.stringMatching(/^AGPA/) }]);
  expect(all.PolicyRoles).toEqual([{ RoleName: 'deployer', RoleId: expect.stringMatching(/^AROA/) }]);
  const roles = await send(new iam.ListEntitiesForPolicyCommand({ PolicyArn, EntityFilter: 'Role' }));
  expect([roles.PolicyUsers, roles.PolicyGroups, roles.PolicyRoles?.length]).toEqual([[], [], 1]);
  const boundary = await send(
    new iam.ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' }),
  );
  expect([boundary.PolicyUsers, boundary.PolicyGroups, boundary.PolicyRoles]).toEqual([[], [], []]);
  const { Policy } = await send(new iam.GetPolicyCommand({ PolicyArn }));
  expect(Policy?.AttachmentCount).toBe(3);
});

describe('DeletePolicy', () => {
  const remove = (PolicyArn: string) => send(new iam.DeletePolicyCommand({ PolicyArn }));

  test('deletes, and the name is free again', async () => {
    const { Policy: first } = await create('p');
    await remove(arnOf('p'));
    await expect(send(new iam.GetPolicyCommand({ PolicyArn: arnOf('p') }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${arnOf('p')} was not found.`,
    });
    const { Policy: second } = await create('p');
    expect(second?.PolicyId).not.toBe(first?.PolicyId);
  });

  test('refuses a policy that is attached', async () => {
    await create('p');
    const attachment = { UserName: 'developer', PolicyArn: arnOf('p') };
    await send(new iam.AttachUserPolicyCommand(attachment));
    await expect(remove(arnOf('p'))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete a policy attached to entities.',
      $metadata: { httpStatusCode: 409 },
    });
    await send(new iam.DetachUserPolicyCommand(attachment));
    await remove(arnOf('p'));
  });

  test.each([
    ['of AWS', 'arn:aws:iam::aws:policy/AdministratorAccess', 'AccessDenied', 403],
    ['of another account', 'arn:aws:iam::210987654321:policy/theirs', 'AccessDenied', 403],
    ['that is no ARN', 'not-an-arn-but-long-enough', 'InvalidInputException', 400],
  ])('refuses a policy %s', async (_, arn, name, status) => {
    await expect(remove(arn)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });
});

test.each([
  ['a name that is too long', { PolicyName: 'x'.repeat(129) }, /less than or equal to 128/],
  ['a name with a slash', { PolicyName: 'a/b' }, /The specified value for policyName is invalid/],
  ['a path without its last slash', { Path: '/a' }, /The specified value for path is invalid/],
  ['a tag without a key', { Tags: [{ Key: '', Value: 'v' }] }, /'tags.1.member.key'/],
  ['a description that is too long', { Description: 'x'.repeat(1001) }, /less than or equal to 1000/],
  [
    'a document beyond Latin-1',
    { PolicyDocument: PLACEHOLDER.replace('none', 'nöne €') },
    /'policyDocument'/,
  ],
  ['a document of more than 131,072 characters', { PolicyDocument: PLACEHOLDER.padEnd(131_073) }, /131072/],
])('%s is a ValidationError', async (_, input, message) => {
  await expect(create('p', input)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(message),
  });
});
