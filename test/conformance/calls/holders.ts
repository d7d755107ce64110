import type { Call, Scene } from '../call.ts';
import { policy, TRUST } from './documents.ts';

const PolicyArn = 'arn:aws:iam::123456789012:policy/readers';
const NOWHERE = 'arn:aws:iam::123456789012:policy/nobody';
const PolicyDocument = policy();
const long = (characters: number) =>
  policy({
    Resource: Array.from(
      { length: characters / 50 },
      (_, i) => `arn:aws:s3:::${String(i).padStart(33, 'x')}`,
    ),
  });

const KINDS = [
  { Entity: 'User', quota: 2_048, create: {} },
  { Entity: 'Group', quota: 5_120, create: {} },
  { Entity: 'Role', quota: 10_240, create: { AssumeRolePolicyDocument: TRUST } },
];

function inline(Entity: string, quota: number, create: object): Call[] {
  const holder = { [`${Entity}Name`]: 'holder' };
  const nobody = { [`${Entity}Name`]: 'nobody' };
  const [put, get, remove] = [`Put${Entity}Policy`, `Get${Entity}Policy`, `Delete${Entity}Policy`];
  return [
    [`Create${Entity}`, { ...holder, ...create }, 'to put policies in'],
    [put, { ...holder, PolicyName: 'in', PolicyDocument }, 'a new one'],
    [put, { ...holder, PolicyName: 'in', PolicyDocument: policy({ Effect: 'Deny' }) }, 'over another'],
    [put, { ...holder, PolicyName: 'in', PolicyDocument: '{' }, 'that is no document'],
    [put, { ...holder, PolicyName: 'a b', PolicyDocument }, 'under a name with a space'],
    [put, { ...nobody, PolicyName: 'in', PolicyDocument }, 'where nobody is'],
    [put, { ...holder, PolicyName: 'long', PolicyDocument: long(quota + 1_000) }, 'beyond the quota'],
    [get, { ...holder, PolicyName: 'in' }, 'that is there'],
    [get, { ...holder, PolicyName: 'IN' }, 'in another case'],
    [get, { ...holder, PolicyName: 'out' }, 'that is not there'],
    [get, { ...nobody, PolicyName: 'in' }, 'where nobody is'],
    [`List${Entity}Policies`, holder, 'that are there'],
    [`List${Entity}Policies`, nobody, 'where nobody is'],
    [`Delete${Entity}`, holder, 'of one with an inline policy'],
    [remove, { ...holder, PolicyName: 'in' }, 'that is there'],
    [remove, { ...holder, PolicyName: 'in' }, 'that is not there any more'],
    [remove, { ...nobody, PolicyName: 'in' }, 'where nobody is'],
    [`List${Entity}Policies`, holder, 'when none is left'],
  ];
}

function attachments(Entity: string, create: object): Call[] {
  const holder = { [`${Entity}Name`]: 'holder' };
  const nobody = { [`${Entity}Name`]: 'nobody' };
  const [attach, detach] = [`Attach${Entity}Policy`, `Detach${Entity}Policy`];
  const list = `ListAttached${Entity}Policies`;
  return [
    [`Create${Entity}`, { ...holder, ...create }, 'to attach policies to'],
    ['CreatePolicy', { PolicyName: 'readers', PolicyDocument }, 'to attach'],
    [attach, { ...holder, PolicyArn }, 'that is there'],
    [attach, { ...holder, PolicyArn }, 'once more'],
    [attach, { ...holder, PolicyArn: NOWHERE }, 'that is not there'],
    [attach, { ...holder, PolicyArn: 'this-is-not-an-arn-at-all' }, 'by what is no ARN'],
    [attach, { ...nobody, PolicyArn }, 'where nobody is'],
    [list, holder, 'that are attached'],
    [list, { ...holder, PathPrefix: '/team/' }, 'under a path'],
    [list, nobody, 'where nobody is'],
    [detach, { ...holder, PolicyArn }, 'that is attached'],
    [detach, { ...holder, PolicyArn }, 'that is not attached any more'],
    [detach, { ...holder, PolicyArn: NOWHERE }, 'that is not there'],
    [detach, { ...nobody, PolicyArn }, 'where nobody is'],
    [list, holder, 'when none is left'],
  ];
}

function life(Entity: string, create: object): Call[] {
  const name = (text: string) => ({ [`${Entity}Name`]: text });
  const make = `Create${Entity}`;
  return [
    [make, { ...name('first'), ...create }, 'a new one'],
    [make, { ...name('first'), ...create }, 'a name that is taken'],
    [make, { ...name('FIRST'), ...create }, 'a name that is taken in another case'],
    [make, { ...name('second'), Path: '/team/', ...create }, 'with a path'],
    [make, { ...name('third'), Path: 'team', ...create }, 'a path without slashes'],
    [make, { ...name('a b'), ...create }, 'a name with a space'],
    [make, { ...name('x'.repeat(129)), ...create }, 'a name that is too long'],
    [`Get${Entity}`, name('first'), 'that is there'],
    [`Get${Entity}`, name('nobody'), 'that is not there'],
    [`List${Entity}s`, {}, 'of the account'],
    [`List${Entity}s`, { PathPrefix: '/team/' }, 'under a path'],
    [`Delete${Entity}`, name('first'), 'that is there'],
    [`Delete${Entity}`, name('first'), 'that is not there any more'],
    [make, { ...name('first'), ...create }, 'a name that is free again'],
  ];
}

export const holderScenes: readonly Scene[] = [
  ...KINDS.flatMap(({ Entity, quota, create }): Scene[] => [
    { service: 'iam', title: `inline policies of a ${Entity}`, calls: inline(Entity, quota, create) },
    { service: 'iam', title: `attachments of a ${Entity}`, calls: attachments(Entity, create) },
    { service: 'iam', title: `the life of a ${Entity}`, calls: life(Entity, create) },
  ]),
  {
    service: 'iam',
    title: 'what the account calls itself',
    calls: [
      ['ListAccountAliases', {}, 'before it has one'],
      ['CreateAccountAlias', { AccountAlias: 'acme-prod' }, 'the first'],
      ['ListAccountAliases', {}, 'with one'],
      ['CreateAccountAlias', { AccountAlias: 'acme-2' }, 'in place of another'],
      ['ListAccountAliases', {}, 'with another'],
    ],
  },
  {
    service: 'iam',
    title: 'users, their keys and their groups',
    calls: [
      ['CreateUser', { UserName: 'ann', Tags: [{ Key: 'team', Value: 'red' }] }, 'with tags'],
      ['CreateUser', { UserName: 'ben' }, 'another'],
      ['GetUser', { UserName: 'ann' }, 'with tags'],
      ['UpdateUser', { UserName: 'ben', NewUserName: 'dan', NewPath: '/team/' }, 'another name and path'],
      ['GetUser', { UserName: 'ben' }, 'under the name that it had'],
      ['GetUser', { UserName: 'dan' }, 'under its new name'],
      ['UpdateUser', { UserName: 'dan', NewUserName: 'ben' }, 'the name that it had'],
      ['UpdateUser', { UserName: 'nobody', NewUserName: 'ned' }, 'of nobody'],
      ['GetLoginProfile', { UserName: 'ann' }, 'of one who cannot sign in'],
      ['GetLoginProfile', { UserName: 'nobody' }, 'of nobody'],
      ['CreateAccessKey', { UserName: 'ann' }, 'the first', { key: 'AccessKey.AccessKeyId' }],
      ['CreateAccessKey', { UserName: 'ann' }, 'the second'],
      ['CreateAccessKey', { UserName: 'ann' }, 'the third'],
      ['CreateAccessKey', { UserName: 'nobody' }, 'of nobody'],
      ['ListAccessKeys', { UserName: 'ann' }, 'that are there'],
      ['ListAccessKeys', { UserName: 'nobody' }, 'of nobody'],
      ['DeleteUser', { UserName: 'ann' }, 'of one with keys'],
      ['DeleteAccessKey', { UserName: 'ann', AccessKeyId: '$key' }, 'that is there'],
      ['DeleteAccessKey', { UserName: 'ann', AccessKeyId: '$key' }, 'that is not there any more'],
      ['CreateGroup', { GroupName: 'staff' }, 'to be in'],
      ['UpdateGroup', { GroupName: 'nowhere', NewGroupName: 'ops' }, 'that is not there'],
      ['CreateGroup', { GroupName: 'hands' }, 'to be renamed'],
      [
        'UpdateGroup',
        { GroupName: 'hands', NewGroupName: 'crew', NewPath: '/team/' },
        'another name and path',
      ],
      ['GetGroup', { GroupName: 'hands' }, 'under the name that it had'],
      ['GetGroup', { GroupName: 'crew' }, 'under its new name'],
      ['DeleteGroup', { GroupName: 'crew' }, 'under its new name'],
      ['AddUserToGroup', { GroupName: 'staff', UserName: 'ben' }, 'who is not in it'],
      ['AddUserToGroup', { GroupName: 'staff', UserName: 'ben' }, 'who is in it'],
      ['AddUserToGroup', { GroupName: 'nobody', UserName: 'ben' }, 'that is not there'],
      ['AddUserToGroup', { GroupName: 'staff', UserName: 'nobody' }, 'who is not there'],
      ['GetGroup', { GroupName: 'staff' }, 'with a member'],
      ['ListGroupsForUser', { UserName: 'ben' }, 'of one'],
      ['ListGroupsForUser', { UserName: 'ann' }, 'of none'],
      ['ListGroupsForUser', { UserName: 'nobody' }, 'of nobody'],
      ['DeleteGroup', { GroupName: 'staff' }, 'with a member'],
      ['DeleteUser', { UserName: 'ben' }, 'of one in a group'],
      ['RemoveUserFromGroup', { GroupName: 'staff', UserName: 'ben' }, 'who is in it'],
      ['DeleteGroup', { GroupName: 'staff' }, 'without members'],
    ],
  },
  {
    service: 'iam',
    title: 'roles and whom they trust',
    calls: [
      [
        'CreateRole',
        {
          RoleName: 'runner',
          AssumeRolePolicyDocument: TRUST,
          Description: 'Runs',
          MaxSessionDuration: 7_200,
          Tags: [{ Key: 'team', Value: 'red' }],
        },
        'with description, duration and tags',
      ],
      [
        'CreateRole',
        { RoleName: 'short', AssumeRolePolicyDocument: TRUST, MaxSessionDuration: 60 },
        'for a minute',
      ],
      [
        'CreateRole',
        { RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: TRUST },
        'a name that is too long',
      ],
      ['GetRole', { RoleName: 'runner' }, 'with description, duration and tags'],
      [
        'UpdateAssumeRolePolicy',
        { RoleName: 'runner', PolicyDocument: TRUST.replace('ec2', 'lambda') },
        'to another service',
      ],
      ['UpdateAssumeRolePolicy', { RoleName: 'nobody', PolicyDocument: TRUST }, 'of nobody'],
      ['GetRole', { RoleName: 'runner' }, 'with another trust'],
      ['ListInstanceProfilesForRole', { RoleName: 'runner' }, 'of a role without'],
      ['ListInstanceProfilesForRole', { RoleName: 'nobody' }, 'of nobody'],
      ['GetAccountAuthorizationDetails', { Filter: ['Role'] }, 'by kind: roles'],
      ['GetAccountAuthorizationDetails', { Filter: ['User'] }, 'by kind: users'],
      ['GetAccountAuthorizationDetails', { Filter: ['Group'] }, 'by kind: groups'],
      ['GetAccountAuthorizationDetails', { Filter: ['LocalManagedPolicy'] }, 'by kind: policies'],
      ['GetAccountAuthorizationDetails', { Filter: ['Robot'] }, 'by a kind that is none'],
    ],
  },
];
