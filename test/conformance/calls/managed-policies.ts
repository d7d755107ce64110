import type { Call, Scene } from '../call.ts';
import { policy, TRUST } from './documents.ts';

const ACCOUNT = '123456789012';
const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/readers`;
const nobody = { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/nobody` };
const ofAws = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const foreign = { PolicyArn: 'arn:aws:iam::999999999999:policy/theirs' };
const noArn = { PolicyArn: 'this-is-not-an-arn-at-all' };
const PolicyDocument = policy();
const NEWER = policy({ Action: 's3:DeleteObject' });

const created: Call = ['CreatePolicy', { PolicyName: 'readers', PolicyDocument }, 'a new one'];
/** An operation on a policy that is there in four ways and on five that are not. */
const onOthers = (operation: string, input: object = {}): Call[] => [
  [operation, { ...nobody, ...input }, 'of a policy that is not there'],
  [operation, { ...foreign, ...input }, 'of a policy of another account'],
  [operation, { ...noArn, ...input }, 'of what is no ARN'],
];

export const managedPolicyScenes: readonly Scene[] = [
  {
    service: 'iam',
    title: 'managed policies',
    calls: [
      created,
      ['CreatePolicy', { PolicyName: 'readers', PolicyDocument }, 'a name that is taken'],
      ['CreatePolicy', { PolicyName: 'READERS', PolicyDocument }, 'a name that is taken in another case'],
      [
        'CreatePolicy',
        {
          PolicyName: 'with-all',
          Path: '/team/',
          Description: 'What it is for',
          Tags: [{ Key: 'a', Value: 'b' }],
          PolicyDocument,
        },
        'with path, description and tags',
      ],
      ['CreatePolicy', { PolicyName: 'a b', PolicyDocument }, 'a name with a space'],
      ['CreatePolicy', { PolicyName: 'x'.repeat(129), PolicyDocument }, 'a name that is too long'],
      ['CreatePolicy', { PolicyName: 'p', Path: 'team', PolicyDocument }, 'a path without slashes'],
      ['CreatePolicy', { PolicyName: 'p' }, 'without a document'],
      [
        'CreatePolicy',
        {
          PolicyName: 'q',
          PolicyDocument,
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'A', Value: '2' },
          ],
        },
        'a tag twice',
      ],
      ['GetPolicy', { PolicyArn }, 'of one that is there'],
      ['GetPolicy', { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/team/with-all` }, 'of one with a path'],
      ['GetPolicy', { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/with-all` }, 'without its path'],
      ...onOthers('GetPolicy'),
      ['ListPolicies', { Scope: 'Local' }, 'of the account'],
      ['ListPolicies', { Scope: 'Local', PathPrefix: '/team/' }, 'under a path'],
      ['ListPolicies', { Scope: 'Local', OnlyAttached: true }, 'that are attached'],
      ['ListPolicies', { Scope: 'Local', MaxItems: 1 }, 'page by page', { marker: 'Marker' }],
      ['ListPolicies', { Scope: 'Local', MaxItems: 1, Marker: '$marker' }, 'the next page'],
      ['ListPolicies', { Scope: 'Foreign' }, 'of a scope that is none'],
      ['ListPolicies', { Scope: 'Local', MaxItems: 0 }, 'none at a time'],
      ['ListPolicyTags', { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/team/with-all` }, 'of one with tags'],
      ['ListPolicyTags', { PolicyArn }, 'of one without'],
      ['ListPolicyTags', nobody, 'of a policy that is not there'],
      ['DeletePolicy', { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/team/with-all` }, 'of one that is there'],
      ...onOthers('DeletePolicy'),
      ['DeletePolicy', ofAws, 'of one of AWS'],
    ],
  },
  {
    service: 'iam',
    title: 'versions of managed policies',
    calls: [
      created,
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: NEWER }, 'not as default'],
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: NEWER, SetAsDefault: true }, 'as default'],
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: '{' }, 'of a document that is none'],
      ...onOthers('CreatePolicyVersion', { PolicyDocument }),
      ['CreatePolicyVersion', { ...ofAws, PolicyDocument, SetAsDefault: true }, 'of a policy of AWS'],
      ['GetPolicyVersion', { PolicyArn, VersionId: 'v1' }, 'of one that is not the default'],
      ['GetPolicyVersion', { PolicyArn, VersionId: 'v3' }, 'of the default'],
      ['GetPolicyVersion', { PolicyArn, VersionId: 'v9' }, 'that is not there'],
      ['GetPolicyVersion', { PolicyArn, VersionId: 'three' }, 'that can be none'],
      ...onOthers('GetPolicyVersion', { VersionId: 'v1' }),
      ['ListPolicyVersions', { PolicyArn }, 'of one that is there'],
      ['ListPolicyVersions', { PolicyArn, MaxItems: 2 }, 'page by page', { marker: 'Marker' }],
      ['ListPolicyVersions', { PolicyArn, MaxItems: 2, Marker: '$marker' }, 'the next page'],
      ...onOthers('ListPolicyVersions'),
      ['SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' }, 'another one'],
      ['SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' }, 'the same one again'],
      ['SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v9' }, 'one that is not there'],
      ['SetDefaultPolicyVersion', { PolicyArn, VersionId: 'two' }, 'that can be none'],
      ...onOthers('SetDefaultPolicyVersion', { VersionId: 'v1' }),
      ['SetDefaultPolicyVersion', { ...ofAws, VersionId: 'v1' }, 'of a policy of AWS'],
      ['GetPolicy', { PolicyArn }, 'with another default'],
      ['DeletePolicy', { PolicyArn }, 'of one with versions'],
      ['DeletePolicyVersion', { PolicyArn, VersionId: 'v2' }, 'the default'],
      ['DeletePolicyVersion', { PolicyArn, VersionId: 'v9' }, 'one that is not there'],
      ['DeletePolicyVersion', { PolicyArn, VersionId: 'v3' }, 'the newest'],
      ...onOthers('DeletePolicyVersion', { VersionId: 'v1' }),
      [
        'CreatePolicyVersion',
        { PolicyArn, PolicyDocument: NEWER },
        'after a deletion: the number is not used again',
      ],
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: NEWER }, 'the fourth'],
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: NEWER }, 'the fifth'],
      ['CreatePolicyVersion', { PolicyArn, PolicyDocument: NEWER }, 'the sixth'],
    ],
  },
  {
    service: 'iam',
    title: 'whom a policy is attached to',
    calls: [
      created,
      ['CreateUser', { UserName: 'ann', Path: '/team/' }, 'to attach to'],
      ['CreateGroup', { GroupName: 'staff' }, 'to attach to'],
      ['CreateRole', { RoleName: 'runner', AssumeRolePolicyDocument: TRUST }, 'to attach to'],
      ['ListEntitiesForPolicy', { PolicyArn }, 'of one that nobody has'],
      ['AttachUserPolicy', { UserName: 'ann', PolicyArn }, 'to a user'],
      ['AttachGroupPolicy', { GroupName: 'staff', PolicyArn }, 'to a group'],
      ['AttachRolePolicy', { RoleName: 'runner', PolicyArn }, 'to a role'],
      ['ListEntitiesForPolicy', { PolicyArn }, 'of one that three have'],
      ...['User', 'Group', 'Role'].map(
        (EntityFilter): Call => [
          'ListEntitiesForPolicy',
          { PolicyArn, EntityFilter },
          `by kind: ${EntityFilter}`,
        ],
      ),
      ['ListEntitiesForPolicy', { PolicyArn, PathPrefix: '/team/' }, 'under a path'],
      ['ListEntitiesForPolicy', { PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' }, 'as permissions'],
      ['ListEntitiesForPolicy', { PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' }, 'as boundary'],
      ['ListEntitiesForPolicy', { PolicyArn, EntityFilter: 'Robot' }, 'of a kind that is none'],
      ['ListEntitiesForPolicy', nobody, 'of a policy that is not there'],
      ['GetPolicy', { PolicyArn }, 'counts its attachments'],
      ['ListPolicies', { Scope: 'Local', OnlyAttached: true }, 'that are attached'],
      ['DeletePolicy', { PolicyArn }, 'of one that is attached'],
      ['DeleteUser', { UserName: 'ann' }, 'of one with a policy'],
      ['DeleteGroup', { GroupName: 'staff' }, 'of one with a policy'],
      ['DeleteRole', { RoleName: 'runner' }, 'of one with a policy'],
      ['ListAttachedUserPolicies', { UserName: 'ann' }, 'of a user'],
    ],
  },
];
