import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  ListPolicyVersionsCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { TABLE_NAME } from '../../infra/sandbox/deploy.ts';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import { type PackedDocument, sha256, unpack } from '../../workflow/inspection/packed-document.ts';
import { createStore } from '../../workflow/ledger/store.ts';
import { archiveKey } from '../../workflow/ledger/table.ts';
import { granting, sandboxOfThisFile } from '../support/guarded-sandbox.ts';

const BAD = granting('s3:DeleteBucket');
const WORSE = granting('s3:*');
const HARMLESS = granting('s3:GetObject');

const guard = await sandboxOfThisFile();
let count = 0;

const newName = () => `waiting-${++count}`;
const about = (name: string) => (request: RequestState) =>
  JSON.stringify(request.change.target).includes(name);
const requestsAbout = async (name: string) => (await guard.state()).requests.filter(about(name));

async function create(document: string, name = newName()) {
  return { name, arn: await guard.create({ name, document }) };
}

/** The document of a version that the ledger keeps. */
async function archived(arn: string, versionId: string, document: string) {
  const { aws: endpoint, callers } = guard.sandbox;
  const credentials = callers.find(({ id }) => id === 'root')?.credentials;
  const store = createStore(TABLE_NAME, {
    endpoint,
    region: 'us-east-1',
    ...(credentials && { credentials }),
  });
  const item = await store.get(archiveKey(arn, versionId, sha256(document)));
  return item && unpack(item.document as PackedDocument);
}

describe('while a request waits', () => {
  test('the quarantined version is made default again: taken out again, no second request', async () => {
    const { name, arn } = await create(BAD);
    const request = await guard.asked(about(name));
    await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    await guard.until('a duplicate', ({ executions }) =>
      executions.find(
        ({ outcome, eventName }) => outcome === 'duplicate' && eventName === 'SetDefaultPolicyVersion',
      ),
    );
    expect(await guard.inForce(arn)).toBe('v2');
    expect(await requestsAbout(name)).toHaveLength(1);
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
  });

  test('the inline policy is put back: taken out again, no second request', async () => {
    const name = newName();
    const put = { UserName: name, PolicyName: 'p', PolicyDocument: BAD };
    await guard.iam.send(new CreateUserCommand({ UserName: name }));
    await guard.iam.send(new PutUserPolicyCommand(put));
    const request = await guard.asked(about(name));
    const before = (await guard.state()).executions.length;
    await guard.iam.send(new PutUserPolicyCommand(put));
    await guard.until('a duplicate', ({ executions }) =>
      executions.slice(0, executions.length - before).find(({ outcome }) => outcome === 'duplicate'),
    );
    expect(await guard.inlineText(put)).toBe(PLACEHOLDER);
    expect(await requestsAbout(name)).toHaveLength(1);
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('the policy is deleted: whatever is decided, it is gone and says so', async () => {
    const { name, arn } = await create(BAD);
    const request = await guard.asked(about(name));
    await guard.iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    await guard.iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'gone' });
    expect((await guard.message(request))?.text).toContain('gone');
  });

  test('the user is deleted: whatever is decided, it is gone and says so', async () => {
    const name = newName();
    await guard.iam.send(new CreateUserCommand({ UserName: name }));
    await guard.iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: BAD }));
    const request = await guard.asked(about(name));
    await guard.iam.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName: 'p' }));
    await guard.iam.send(new DeleteUserCommand({ UserName: name }));
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'gone' });
  });

  test('a second restricted change is held as well, and nothing of either is lost', async () => {
    const { name, arn } = await create(BAD);
    const first = await guard.asked(about(name));
    const second = { PolicyArn: arn, PolicyDocument: WORSE, SetAsDefault: true };
    await guard.iam.send(new CreatePolicyVersionCommand(second));
    const next = await guard.asked((request) => about(name)(request) && request.id !== first.id);
    expect(await guard.inForce(arn)).toBe('v2');
    await guard.click(first, 'approve');
    expect(await guard.ended(first.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
    await guard.click(next, 'approve');
    expect(await guard.ended(next.id)).toMatchObject({ outcome: 'superseded' });
    expect(await guard.inForce(arn)).toBe('v1');
  });

  test('something harmless takes its place: an approval overwrites nothing', async () => {
    const { name, arn } = await create(BAD);
    const request = await guard.asked(about(name));
    const harmless = { PolicyArn: arn, PolicyDocument: HARMLESS, SetAsDefault: true };
    const { PolicyVersion } = await guard.iam.send(new CreatePolicyVersionCommand(harmless));
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'superseded' });
    expect(await guard.inForce(arn)).toBe(PolicyVersion?.VersionId);
  });
});

describe('events', () => {
  test('the same event twice makes one request', async () => {
    const { name } = await create(BAD);
    const request = await guard.asked(about(name));
    const { executionArn } = request;
    const event = JSON.parse(guard.sandbox.inputText(executionArn));
    guard.sandbox.redeliver(event);
    await guard.until('a duplicate', ({ executions }) =>
      executions.find(({ outcome, arn }) => outcome === 'duplicate' && arn !== executionArn),
    );
    expect(await requestsAbout(name)).toHaveLength(1);
    await guard.click(request, 'approve');
    await guard.ended(request.id);
    guard.sandbox.redeliver(event);
    await guard.settled();
    expect(await requestsAbout(name)).toHaveLength(1);
    expect(await guard.inForce(request.policyArn)).toBe('v1');
  });

  test('a failed call starts nothing', async () => {
    const { name, arn } = await create(HARMLESS);
    await guard.until('its execution', ({ executions }) =>
      executions.find(
        (each) => each.outcome === 'allowed' && guard.sandbox.inputText(each.arn).includes(arn),
      ),
    );
    const before = (await guard.state()).executions.length;
    await expect(create(BAD, name)).rejects.toThrow(/already exists/);
    await expect(create('{"Statement":', newName())).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await guard.state()).executions).toHaveLength(before);
  });

  test('an unrelated call starts nothing', async () => {
    await guard.settled();
    const before = (await guard.state()).executions.length;
    await guard.iam.send(new CreateUserCommand({ UserName: newName() }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await guard.state()).executions).toHaveLength(before);
  });

  test('a version that is not made default starts no request; making it default does', async () => {
    const { name, arn } = await create(HARMLESS);
    await guard.iam.send(new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: BAD }));
    await guard.settled();
    expect(await requestsAbout(name)).toEqual([]);
    await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v2' }));
    const request = await guard.asked(about(name));
    expect(await guard.inForce(arn)).toBe('v1');
    await guard.click(request, 'approve');
    await guard.ended(request.id);
    expect(await guard.inForce(arn)).toBe('v2');
  });
});

describe('what was approved is not asked again', () => {
  test('making an approved version default, and attaching an approved policy, is allowed', async () => {
    const { name, arn } = await create(BAD);
    const request = await guard.asked(about(name));
    await guard.click(request, 'approve');
    await guard.ended(request.id);
    const harmless = { PolicyArn: arn, PolicyDocument: HARMLESS, SetAsDefault: true };
    await guard.iam.send(new CreatePolicyVersionCommand(harmless));
    await guard.settled();
    await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    const user = newName();
    await guard.iam.send(new CreateUserCommand({ UserName: user }));
    await guard.iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: arn }));
    for (const eventName of ['SetDefaultPolicyVersion', 'AttachUserPolicy']) {
      const execution = await guard.until(`the end of ${eventName}`, ({ executions }) =>
        executions.find((each) => each.eventName === eventName && each.reason?.includes(request.id)),
      );
      expect(execution).toMatchObject({ outcome: 'allowed' });
      expect(execution.reason).toContain('Ada Lovelace');
    }
    expect(await guard.inForce(arn)).toBe('v1');
  });
});

describe('a policy with five versions', () => {
  test('is quarantined all the same, and the oldest spare version is kept in the ledger', async () => {
    const { name, arn } = await create(WORSE);
    const first = await guard.asked(about(name));
    await guard.deny(first);
    await guard.ended(first.id);
    const spares = [0, 1, 2, 3].map((stars) => granting(`s3:DeleteBucket${'*'.repeat(stars)}`));
    const add = (document: string, SetAsDefault = false) =>
      guard.iam.send(
        new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document, SetAsDefault }),
      );
    for (const spare of spares.slice(0, 3)) await add(spare);
    await guard.settled();
    // Before CloudTrail tells, the only version that passes inspection goes and another takes its room: quarantine has
    // to make a placeholder of its own.
    await guard.post('/api/faults', { cloudTrailDelayMs: 5_000 });
    await add(BAD, true);
    await guard.iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v2' }));
    await add(spares[3] ?? '');
    await guard.post('/api/faults', { cloudTrailDelayMs: 20 });
    const next = await guard.asked((request) => about(name)(request) && request.id !== first.id);
    const { Versions = [] } = await guard.iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
    expect(Versions.map(({ VersionId }) => VersionId)).toEqual(['v8', 'v7', 'v6', 'v5', 'v4']);
    expect(await guard.inForce(arn)).toBe('v8');
    expect(await archived(arn, 'v3', spares[0] ?? '')).toBe(spares[0]);
    await guard.click(next, 'approve');
    expect(await guard.ended(next.id)).toMatchObject({ outcome: 'approved' });
  });
});
