import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  ListPolicyVersionsCommand,
  ListUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { sandboxOfThisFile } from '../support/guarded-sandbox.ts';

const policy = (...statements: string[]) => `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;
const EVERYTHING = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
const BAD = policy('{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}');
const NO_IAM = '{ "Sid": "NoIam", "Effect": "Deny", "Action": "iam:*", "Resource": "*" }';
const GUARDED = policy(NO_IAM, '{"Effect":"Allow","Action":"s3:*","Resource":"*"}');
const MARKER = '{"Sid":"QuarantinedByPolicyGuard","Effect":"Deny","Action":"none:null","Resource":"*"}';
const TRUST = policy(
  '{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}',
);

const guard = await sandboxOfThisFile();
let count = 0;

const newName = () => `sure-${++count}`;
const about = (name: string) => (request: RequestState) =>
  JSON.stringify(request.change.target).includes(`"${name}"`) ||
  JSON.stringify(request.change.target).includes(`/${name}"`);

async function user(): Promise<string> {
  const UserName = newName();
  await guard.iam.send(new CreateUserCommand({ UserName }));
  return UserName;
}

const put = (UserName: string, PolicyName: string, PolicyDocument: string) =>
  guard.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));

async function standing(UserName: string, PolicyName = 'grant') {
  const { PolicyNames = [] } = await guard.iam.send(new ListUserPoliciesCommand({ UserName }));
  if (!PolicyNames.includes(PolicyName)) return undefined;
  return guard.inlineText({ UserName, PolicyName });
}

async function approve(request: RequestState) {
  await guard.click(request, 'approve');
  return guard.ended(request.id);
}

describe('containment cannot fail', () => {
  test('beside a full quota an inline policy goes, and comes back byte for byte', async () => {
    const name = await user();
    const filler = (characters: number) =>
      policy(`{"Effect":"Deny","Action":"none:null","Resource":"arn:aws:s3:::${'a'.repeat(characters)}"}`);
    await put(name, 'others', filler(2_048 - EVERYTHING.length - filler(0).length));
    await put(name, 'grant', EVERYTHING);
    const request = await guard.asked(about(name));
    expect(await standing(name)).toBeUndefined();
    expect(await approve(request)).toMatchObject({ outcome: 'approved' });
    expect(await standing(name)).toBe(EVERYTHING);
  });

  test('what a document denies stays denied while it waits, and after a denial', async () => {
    const name = await user();
    await put(name, 'grant', GUARDED);
    const request = await guard.asked(about(name));
    expect(await standing(name)).toBe(policy(NO_IAM, MARKER));
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(await standing(name)).toBe(policy(NO_IAM, MARKER));
  });

  test('a version that is put back again and again is deleted, and made anew by an approval', async () => {
    const name = newName();
    const PolicyArn = await guard.create({ name, document: BAD });
    const request = await guard.asked(about(name));
    const versions = async () =>
      (await guard.iam.send(new ListPolicyVersionsCommand({ PolicyArn }))).Versions?.map(
        ({ VersionId }) => VersionId,
      );
    for (let times = 1; times <= 2; times++) {
      await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
      await guard.until('another duplicate', ({ executions }) =>
        executions.filter(
          ({ outcome, eventName }) => outcome === 'duplicate' && eventName === 'SetDefaultPolicyVersion',
        ).length === times
          ? true
          : undefined,
      );
    }
    expect(await versions()).toEqual(['v2']);
    expect(await approve(request)).toMatchObject({
      outcome: 'approved',
      outcomeDetail: expect.stringContaining('made anew'),
    });
    expect(await versions()).toEqual([await guard.inForce(PolicyArn)]);
  });
});

describe('what was approved', () => {
  test('is left alone when it is written again', async () => {
    const name = await user();
    await put(name, 'grant', BAD);
    await approve(await guard.asked(about(name)));
    const before = (await guard.state()).executions.length;
    await put(name, 'grant', BAD);
    await guard.until('an execution more', ({ executions }) =>
      executions.length > before ? true : undefined,
    );
    await guard.settled();
    expect(await standing(name)).toBe(BAD);
    expect((await guard.state()).requests.filter(about(name))).toHaveLength(1);
  });

  test('is not given to another role of the same name', async () => {
    const RoleName = newName();
    const make = async (document: string) => {
      await guard.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      await guard.iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: 'grant', PolicyDocument: document }),
      );
    };
    await make(BAD);
    const request = await guard.asked(about(RoleName));
    await guard.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'grant' }));
    await guard.iam.send(new DeleteRoleCommand({ RoleName }));
    await make(policy(MARKER));
    expect(await approve(request)).toMatchObject({
      outcome: 'superseded',
      outcomeDetail: expect.stringContaining('another one has its name'),
    });
  });
});
