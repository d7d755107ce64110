import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AccessRefusedError,
  type IamWriter,
  LimitExceededError,
  NotFoundError,
  RefusedDocumentError,
  UnmodifiableError,
} from '../../../../workflow/account/iam/iam.ts';
import { createIamReader, createIamWriter } from '../../../../workflow/account/iam/iam-client.ts';
import { awsAt, startServer } from '../../../support/local-server.ts';

/** White space, an escape, a plus and a letter outside ASCII: what URL encoding could spoil. */
const DOCUMENT = '{\n  "Version": "2012-10-17", "Statement": [], "Id": "a+b \\u0041 ü %41"\n}';
const ARN = 'arn:aws:iam::123456789012:policy/report-cleaner';

interface Answer {
  status: number;
  body: string;
}

let iam: IamWriter;
let aws: Parameters<typeof createIamWriter>[0];
/** What IAM is asked, as its query parameters, and how it answers. */
let asked: Record<string, string>[];
let answer: (query: Record<string, string>) => Answer;

const ok = (action: string, result: string): Answer => ({
  status: 200,
  body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result></${action}Response>`,
});

const failing = (code: string, status: number): Answer => ({
  status,
  body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>why it failed</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});

beforeAll(async () => {
  const { url, close } = await startServer((request, response) => void serve(request, response));
  aws = awsAt(url);
  iam = createIamWriter(aws);
  return close;
});

beforeEach(() => {
  asked = [];
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const query = Object.fromEntries(new URLSearchParams(text));
  asked.push(query);
  const { status, body } = answer(query);
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}

const createdAt = '2026-03-01T12:00:00.000Z';
const created = `<CreateDate>${createdAt}</CreateDate>`;

describe('reading', () => {
  it('decodes a version’s document byte for byte', async () => {
    answer = () =>
      ok(
        'GetPolicyVersion',
        `<PolicyVersion><Document>${encodeURIComponent(DOCUMENT)}</Document></PolicyVersion>`,
      );
    expect(await iam.getPolicyVersion(ARN, 'v1')).toBe(DOCUMENT);
    expect(asked).toMatchObject([{ Action: 'GetPolicyVersion', PolicyArn: ARN, VersionId: 'v1' }]);
  });

  it.each([
    ['user', 'User'],
    ['group', 'Group'],
    ['role', 'Role'],
  ] as const)('decodes an inline document of a %s byte for byte', async (entity, name) => {
    answer = () => ok(`Get${name}Policy`, `<PolicyDocument>${encodeURIComponent(DOCUMENT)}</PolicyDocument>`);
    expect(await iam.getInlinePolicy(entity, 'x', 'clean-up')).toBe(DOCUMENT);
    expect(asked).toMatchObject([
      { Action: `Get${name}Policy`, [`${name}Name`]: 'x', PolicyName: 'clean-up' },
    ]);
  });

  it('lists every version, page by page, newest first', async () => {
    const member = (id: string) =>
      `<member><VersionId>${id}</VersionId><IsDefaultVersion>${id === 'v9'}</IsDefaultVersion><CreateDate>2026-03-02T09:15:00Z</CreateDate></member>`;
    answer = ({ Marker }) =>
      ok(
        'ListPolicyVersions',
        Marker === undefined
          ? `<Versions>${member('v2')}${member('v9')}</Versions><IsTruncated>true</IsTruncated><Marker>next</Marker>`
          : `<Versions>${member('v10')}</Versions><IsTruncated>false</IsTruncated>`,
      );
    expect(await iam.listPolicyVersions(ARN)).toEqual([
      { versionId: 'v10', isDefault: false, createdAt: '2026-03-02T09:15:00.000Z' },
      { versionId: 'v9', isDefault: true, createdAt: '2026-03-02T09:15:00.000Z' },
      { versionId: 'v2', isDefault: false, createdAt: '2026-03-02T09:15:00.000Z' },
    ]);
  });

  it.each([
    [ARN, true],
    [ARN.toUpperCase().replace('ARN:AWS', 'arn:aws'), true],
    [`${ARN}-2`, false],
  ])('finds an attachment on any page, whatever the case of %s', async (arn, attached) => {
    answer = ({ Marker }) =>
      ok(
        'ListAttachedRolePolicies',
        Marker === undefined
          ? '<AttachedPolicies/><IsTruncated>true</IsTruncated><Marker>next</Marker>'
          : `<AttachedPolicies><member><PolicyArn>${ARN}</PolicyArn></member></AttachedPolicies>`,
      );
    expect(await iam.isAttached('role', 'deployer', arn)).toBe(attached);
    expect(asked).toHaveLength(2);
  });

  it('lists what a policy is attached to, page by page, and leaves permissions boundaries out', async () => {
    answer = ({ Marker }) =>
      ok(
        'ListEntitiesForPolicy',
        Marker === undefined
          ? '<PolicyUsers><member><UserName>alice</UserName></member></PolicyUsers><PolicyGroups/><PolicyRoles/><IsTruncated>true</IsTruncated><Marker>next</Marker>'
          : '<PolicyRoles><member><RoleName>deployer</RoleName></member></PolicyRoles><PolicyGroups><member><GroupName>ops</GroupName></member></PolicyGroups><IsTruncated>false</IsTruncated>',
      );
    expect(await iam.listAttachedTo(ARN)).toEqual(['user/alice', 'group/ops', 'role/deployer']);
    expect(asked).toMatchObject([
      { Action: 'ListEntitiesForPolicy', PolicyArn: ARN, PolicyUsageFilter: 'PermissionsPolicy' },
      { Marker: 'next' },
    ]);
  });

  it.each([
    [100, 100, 'role/r99', 2],
    [101, 101, '… and more', 2],
    [5_000, 101, '… and more', 2],
  ])('names a hundred of %i that a policy is attached to', async (all, named, last, pages) => {
    answer = ({ Marker = '0' }) => {
      const from = Number(Marker);
      const names = Array.from({ length: Math.min(60, all - from) }, (_, index) => `r${from + index}`);
      const roles = names.map((name) => `<member><RoleName>${name}</RoleName></member>`).join('');
      const more = from + 60 < all;
      const rest = more ? `<IsTruncated>true</IsTruncated><Marker>${from + 60}</Marker>` : '';
      return ok('ListEntitiesForPolicy', `<PolicyRoles>${roles}</PolicyRoles>${rest}`);
    };
    const found = await iam.listAttachedTo(ARN);
    expect(found).toHaveLength(named);
    expect(found.at(-1)).toBe(last);
    expect(asked).toHaveLength(pages);
  });

  it('tells by its unique id what a name stands for, and who may become a role', async () => {
    answer = ({ Action = '' }) =>
      ok(
        Action,
        `<Role><RoleId>AROAX</RoleId><Arn>arn:r</Arn>${created}<AssumeRolePolicyDocument>${encodeURIComponent(DOCUMENT)}</AssumeRolePolicyDocument></Role>
         <User><UserId>AIDAX</UserId><Arn>arn:u</Arn>${created}</User><Policy><PolicyId>ANPAX</PolicyId></Policy>`,
      );
    expect(await iam.getHolder('role', 'x')).toEqual({
      id: 'AROAX',
      arn: 'arn:r',
      createdAt,
      trust: DOCUMENT,
    });
    expect(await iam.getHolder('user', 'x')).toEqual({ id: 'AIDAX', arn: 'arn:u', createdAt });
    expect(await iam.getPolicy(ARN)).toEqual({ id: 'ANPAX', arn: ARN });
  });

  it('tells who is in a group, page by page', async () => {
    const user = (name: string) =>
      `<Users><member><UserName>${name}</UserName><UserId>AIDA${name}</UserId></member></Users>`;
    answer = ({ Marker }) =>
      ok(
        'GetGroup',
        `<Group><GroupId>AGPAX</GroupId><Arn>arn:g</Arn>${created}</Group>${
          Marker === undefined
            ? `${user('bob')}<IsTruncated>true</IsTruncated><Marker>next</Marker>`
            : user('alice')
        }`,
      );
    expect(await iam.getHolder('group', 'x')).toEqual({
      ...{ id: 'AGPAX', arn: 'arn:g', createdAt },
      members: [
        { name: 'user/alice', id: 'AIDAalice' },
        { name: 'user/bob', id: 'AIDAbob' },
      ],
    });
  });

  it('lists with their ids all that a policy is attached to, and does not when they are too many', async () => {
    let many = 2;
    answer = () => {
      const member = (n: number) => `<member><RoleName>r${n}</RoleName><RoleId>AROA${n}</RoleId></member>`;
      const roles = Array.from({ length: many }, (_, index) => member(many - index)).join('');
      return ok('ListEntitiesForPolicy', `<PolicyRoles>${roles}</PolicyRoles>`);
    };
    expect(await iam.listHolders(ARN)).toEqual([
      { name: 'role/r1', id: 'AROA1' },
      { name: 'role/r2', id: 'AROA2' },
    ]);
    many = 201;
    await expect(iam.listHolders(ARN)).rejects.toThrow('more than 200');
  });

  it('asks once what the account calls itself, and again where it was not told', async () => {
    answer = () => failing('AccessDenied', 403);
    await expect(iam.getAccountAlias()).rejects.toThrow();
    answer = () => ok('ListAccountAliases', '<AccountAliases><member>acme-prod</member></AccountAliases>');
    expect([await iam.getAccountAlias(), await iam.getAccountAlias()]).toEqual(['acme-prod', 'acme-prod']);
    expect(asked.filter(({ Action }) => Action === 'ListAccountAliases')).toHaveLength(2);
  });

  describe('how old a user is', () => {
    const READ: Record<string, string> = {
      GetUser:
        '<User><UserId>AIDAALICE</UserId><UserName>alice</UserName><CreateDate>2024-01-01T00:00:00Z</CreateDate></User>',
      ListAccessKeys:
        '<IsTruncated>false</IsTruncated><AccessKeyMetadata><member><AccessKeyId>AKIAALICE</AccessKeyId><CreateDate>2024-01-02T00:00:00Z</CreateDate></member></AccessKeyMetadata>',
      GetLoginProfile: '<LoginProfile><CreateDate>2024-01-03T00:00:00Z</CreateDate></LoginProfile>',
    };
    const aged = {
      ...{ userId: 'AIDAALICE', createdAt: '2024-01-01T00:00:00.000Z' },
      accessKeys: [{ id: 'AKIAALICE', createdAt: '2024-01-02T00:00:00.000Z' }],
    };

    it('tells its unique id, its keys and its password', async () => {
      answer = ({ Action = '' }) => ok(Action, READ[Action] ?? '');
      expect(await iam.getUserAge('alice')).toEqual({ ...aged, passwordAt: '2024-01-03T00:00:00.000Z' });
    });

    it('tells none that it does not have', async () => {
      answer = ({ Action = '' }) =>
        Action === 'GetLoginProfile' ? failing('NoSuchEntity', 404) : ok(Action, READ[Action] ?? '');
      expect(await iam.getUserAge('alice')).toEqual(aged);
    });
  });

  it('has no way to write', () => {
    expect(Object.keys(createIamReader(aws)).toSorted()).toEqual([
      'findName',
      'getAccountAlias',
      'getDefaultVersionId',
      'getHolder',
      'getInlinePolicy',
      'getPolicy',
      'getPolicyVersion',
      'getUserAge',
      'isAttached',
      'listAttachedTo',
      'listDefaultVersions',
      'listHolders',
      'listInlinePolicies',
      'listPolicyVersions',
    ]);
  });

  it('tells an answer that is not IAM’s from an empty document', async () => {
    answer = () => ok('GetPolicyVersion', '<PolicyVersion></PolicyVersion>');
    await expect(iam.getPolicyVersion(ARN, 'v1')).rejects.toThrow(/no document/);
  });
});

describe('writing', () => {
  it('creates a version as the default and tells its id', async () => {
    answer = () => ok('CreatePolicyVersion', '<PolicyVersion><VersionId>v3</VersionId></PolicyVersion>');
    expect(await iam.createDefaultPolicyVersion(ARN, DOCUMENT)).toBe('v3');
    expect(asked).toMatchObject([{ PolicyArn: ARN, PolicyDocument: DOCUMENT, SetAsDefault: 'true' }]);
  });

  it.each([
    [
      'SetDefaultPolicyVersion',
      () => iam.setDefaultPolicyVersion(ARN, 'v1'),
      { PolicyArn: ARN, VersionId: 'v1' },
    ],
    ['DeletePolicyVersion', () => iam.deletePolicyVersion(ARN, 'v1'), { PolicyArn: ARN, VersionId: 'v1' }],
    ...(['user', 'group', 'role'] as const).flatMap((entity) => {
      const name = entity.charAt(0).toUpperCase() + entity.slice(1);
      const of = { [`${name}Name`]: 'x' };
      return [
        [
          `Put${name}Policy`,
          () => iam.putInlinePolicy(entity, 'x', 'p', DOCUMENT),
          { ...of, PolicyName: 'p', PolicyDocument: DOCUMENT },
        ],
        [`Delete${name}Policy`, () => iam.deleteInlinePolicy(entity, 'x', 'p'), { ...of, PolicyName: 'p' }],
        [`Attach${name}Policy`, () => iam.attach(entity, 'x', ARN), { ...of, PolicyArn: ARN }],
        [`Detach${name}Policy`, () => iam.detach(entity, 'x', ARN), { ...of, PolicyArn: ARN }],
      ] as [string, () => Promise<void>, Record<string, string>][];
    }),
  ] as [string, () => Promise<void>, Record<string, string>][])('calls %s', async (action, write, query) => {
    answer = () => ok(action, '');
    await write();
    expect(asked).toEqual([{ Version: '2010-05-08', Action: action, ...query }]);
  });
});

describe('what IAM refuses', () => {
  it('is NotFoundError for NoSuchEntity, with the cause', async () => {
    answer = () => failing('NoSuchEntity', 404);
    const error = await iam.getDefaultVersionId(ARN).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ message: 'why it failed', cause: expect.any(Error) });
  });

  it('is LimitExceededError for LimitExceeded', async () => {
    answer = () => failing('LimitExceeded', 409);
    await expect(iam.createDefaultPolicyVersion(ARN, DOCUMENT)).rejects.toBeInstanceOf(LimitExceededError);
    // The SDK takes it for throttling and would try again, while the grant stays in force.
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['AccessDenied', AccessRefusedError],
    ['UnmodifiableEntity', UnmodifiableError],
    ['MalformedPolicyDocument', RefusedDocumentError],
  ])('has a class of its own for %s, with what IAM says', async (code, Meaning) => {
    answer = () => failing(code, 403);
    const error = await iam.putInlinePolicy('role', 'x', 'p', DOCUMENT).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Meaning);
    expect(error).toMatchObject({ message: 'why it failed' });
  });

  it('comes through as it is for DeleteConflict', async () => {
    answer = () => failing('DeleteConflict', 403);
    const error = await iam.deletePolicyVersion(ARN, 'v1').catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      message: 'why it failed',
      name: expect.stringContaining('DeleteConflict'),
    });
    expect(error).not.toBeInstanceOf(NotFoundError);
  });
});

describe('a call that IAM does not answer well', () => {
  it.each(['Throttling', 'ServiceFailure'])('is tried again after %s when it reads', async (code) => {
    answer = () => (asked.length < 2 ? failing(code, 503) : ok('ListPolicyVersions', '<Versions/>'));
    expect(await iam.listPolicyVersions(ARN)).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['createDefaultPolicyVersion', () => iam.createDefaultPolicyVersion(ARN, DOCUMENT)],
    ['setDefaultPolicyVersion', () => iam.setDefaultPolicyVersion(ARN, 'v1')],
    ['deletePolicyVersion', () => iam.deletePolicyVersion(ARN, 'v1')],
    ['putInlinePolicy', () => iam.putInlinePolicy('user', 'x', 'p', DOCUMENT)],
    ['deleteInlinePolicy', () => iam.deleteInlinePolicy('user', 'x', 'p')],
    ['attach', () => iam.attach('user', 'x', ARN)],
    ['detach', () => iam.detach('user', 'x', ARN)],
  ])('is made once when it is %s: it may have happened', async (_name, write) => {
    answer = () => failing('ServiceFailure', 500);
    await expect(write()).rejects.toThrow('why it failed');
    expect(asked).toHaveLength(1);
  });
});
