import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreatePolicyCommand, GetPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { DEVON, type GuardedSandbox, granting, withinSandbox } from '../support/guarded-sandbox.ts';

/** Two readings right after one another would otherwise be ten minutes apart. */
const SOON = { SWEEP_SETTLE_SECONDS: '1', RESTRICTED_ACTIONS: 's3:DeleteBucket' };
const TABLE = 'policy-guard-ledger';

const sweep = async (guard: GuardedSandbox) =>
  ((await guard.post('/api/reconcile', {})) as { sweep: Record<string, number> }).sweep;

async function twice(guard: GuardedSandbox) {
  await sweep(guard);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return sweep(guard);
}

const inForce = async (guard: GuardedSandbox, arn: string) =>
  (await guard.iam.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.DefaultVersionId;

const create = async (guard: GuardedSandbox, name: string, action: string) => {
  const command = new CreatePolicyCommand({ PolicyName: name, PolicyDocument: granting(action) });
  return (await guard.iam.send(command)).Policy?.Arn ?? '';
};

const toldOf = (guard: GuardedSandbox, words: string) =>
  guard.until(words, ({ slack }) => slack.messages.find(({ text }) => text.includes(words)));

/** It is told once, in force as before, on the list, and an approver can have it asked about. */
async function expectReported(guard: GuardedSandbox, arn: string, words: string) {
  const name = arn.split('/').at(-1) ?? '';
  const before = (await guard.state()).requests.length;
  expect(await twice(guard)).toMatchObject({ found: 0, held: 0 });
  expect(JSON.stringify(await toldOf(guard, words))).toContain(name);
  expect(await twice(guard)).toMatchObject({ found: 0, held: 0, written: 0 });
  const { requests, slack } = await guard.state();
  expect(requests).toHaveLength(before);
  expect(slack.messages.filter(({ text }) => text.includes(words))).toHaveLength(1);
  expect(await inForce(guard, arn)).toBe('v1');
  const [, id = ''] = /`([0-9a-f]{8})` `/.exec(JSON.stringify(await guard.command(`baseline ${name}`))) ?? [];
  expect(JSON.stringify(await guard.command(`baseline ask ${id}`))).toContain('with the next sweep');
  expect(await sweep(guard)).toMatchObject({ found: 1 });
  // What was observed has a request already, which asks nothing.
  await guard.asked(({ policyArn, status }) => policyArn === arn && status === 'pending');
  expect(await inForce(guard, arn)).not.toBe('v1');
}

const LESS = 'did not count before';

describe.concurrent('what is restricted now though nobody has changed it is reported and left in force:', () => {
  test('the list is another one', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      const arn = await create(guard, 'listed-now', 'ec2:TerminateInstances');
      await guard.settled();
      await twice(guard);
      guard.sandbox.configure({ RESTRICTED_ACTIONS: 's3:DeleteBucket,ec2:TerminateInstances' });
      await expectReported(guard, arn, LESS);
    }));

  test('what is known of actions is another one', () =>
    withinSandbox(
      { ...SOON, RESTRICTED_ACTIONS: 'lambda:*Permission', UNKNOWN_ACTIONS: 'allowed' },
      async (guard) => {
        await sweep(guard);
        const arn = await create(guard, 'unknown-now', 'lambda:Get*');
        await guard.settled();
        await twice(guard);
        guard.sandbox.configure({ UNKNOWN_ACTIONS: 'restricted' });
        await expectReported(guard, arn, LESS);
      },
    ));

  test('the mode is another one, and what was observed before is known', () =>
    withinSandbox({ ...SOON, MODE: 'observe' }, async (guard) => {
      await sweep(guard);
      const arn = await create(guard, 'observed-before', 's3:DeleteBucket');
      await guard.settled();
      expect(await twice(guard)).toMatchObject({ found: 0 });
      expect(await twice(guard)).toMatchObject({ found: 0, written: 0 });
      guard.sandbox.configure({ MODE: 'enforce' });
      await expectReported(guard, arn, LESS);
    }));

  test('an exemption is over, and what was exempt before is known', () =>
    withinSandbox(
      { ...SOON, EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:user/developer until 2099-12-31: tests' },
      async (guard) => {
        await sweep(guard);
        const arn = await create(guard, 'exempt-before', 's3:DeleteBucket');
        await guard.settled();
        expect(await twice(guard)).toMatchObject({ found: 0 });
        expect(await twice(guard)).toMatchObject({ found: 0, written: 0 });
        guard.sandbox.configure({ EXEMPT_REQUESTERS: '' });
        await expectReported(guard, arn, LESS);
      },
    ));

  test('the inventory has forgotten it', () =>
    withinSandbox(SOON, async (guard) => {
      await guard.post('/api/account', { policies: 3, principals: 1, restricted: 2 });
      await sweep(guard);
      await forget(guard, (pk, sk) => pk === 'inventory#policy' && sk.endsWith('old-policy-1'));
      await expectReported(guard, 'arn:aws:iam::123456789012:policy/old-policy-1', 'has forgotten');
    }));

  test('the ledger has forgotten that it was approved', () =>
    withinSandbox(SOON, async (guard) => {
      await sweep(guard);
      const request = await guard.held({ name: 'approved-before', document: granting('s3:DeleteBucket') });
      await guard.click(request, 'approve');
      await guard.ended(request.id);
      await twice(guard);
      const kept = (pk: string, sk: string) => pk === 'inventory#state' && sk === 'state';
      await forget(guard, (pk, sk) => !kept(pk, sk) && !pk.startsWith('inventory#role'));
      await expectReported(guard, request.policyArn ?? '', 'has forgotten');
    }));

  test('all of the inventory is gone: stock is taken again, and nothing is touched', () =>
    withinSandbox(SOON, async (guard) => {
      await guard.post('/api/account', { policies: 3, principals: 1, restricted: 2 });
      await sweep(guard);
      const request = await guard.held({ name: 'approved-before', document: granting('s3:DeleteBucket') });
      await guard.click(request, 'approve');
      await guard.ended(request.id);
      await forget(guard, (pk) => pk.startsWith('inventory#'));
      expect(await twice(guard)).toMatchObject({ found: 0, held: 0 });
      expect(await inForce(guard, request.policyArn ?? '')).toBe('v1');
      expect((await guard.state()).requests).toHaveLength(1);
    }));
});

test('what is changed under the new list is judged as ever', () =>
  withinSandbox(SOON, async (guard) => {
    await guard.iam.send(
      new PutUserPolicyCommand({
        ...{ UserName: 'developer', PolicyName: 'mine' },
        PolicyDocument: granting('ec2:TerminateInstances'),
      }),
    );
    await sweep(guard);
    guard.sandbox.configure({ RESTRICTED_ACTIONS: 's3:DeleteBucket,ec2:TerminateInstances' });
    await twice(guard);
    await guard.post('/api/faults', { events: 'down' });
    const arn = await create(guard, 'after', 'ec2:TerminateInstances');
    expect(await twice(guard)).toMatchObject({ found: 1 });
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    expect(request.requester).toMatchObject({ status: 'matched', slackUserId: DEVON });
  }));

/** Deletes items of the ledger, as somebody would who restores it badly. */
async function forget(guard: GuardedSandbox, which: (pk: string, sk: string) => boolean): Promise<void> {
  const root = guard.sandbox.callers.find(({ id }) => id === 'root');
  const client = new DynamoDBClient({
    ...{ endpoint: guard.sandbox.aws, region: 'us-east-1' },
    ...(root && { credentials: root.credentials }),
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE }));
  for (const { pk, sk } of Items)
    if (pk?.S !== undefined && sk?.S !== undefined && which(pk.S, sk.S))
      await client.send(new DeleteItemCommand({ TableName: TABLE, Key: { pk, sk } }));
}
