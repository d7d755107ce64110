import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { broken, guard } from '../support/each-breakable-sandbox.ts';
import { GRACE, granting } from '../support/guarded-sandbox.ts';
import { subscribe, unsubscribe } from '../support/topic.ts';

/** The sections of infra/aws/RUNBOOK.md, step by step, by whoever has Slack, IAM and the sandbox's buttons alone. */

const BAD = granting('s3:DeleteBucket');
const INLINE = { UserName: 'alice', PolicyName: 'bad', PolicyDocument: BAD };

/** What happens by itself within five minutes. */
const fiveMinutesLater = () => guard.post('/api/reconcile', {});

const failed = () =>
  guard.until('a failed execution', ({ executions }) => executions.find(({ status }) => status === 'FAILED'));

const asRoot = () => ({
  ...{ endpoint: guard.sandbox.aws, region: 'us-east-1' },
  credentials: guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials,
});

const stop = (executionArn: string) =>
  new SFNClient(asRoot()).send(new StopExecutionCommand({ executionArn }));

const said = (reply: { ephemeral: unknown }) => JSON.stringify(reply.ephemeral);

it('asks nobody to start an execution', () => {
  const runbook = readFileSync(new URL('../../infra/aws/RUNBOOK.md', import.meta.url), 'utf8');
  expect(runbook).not.toMatch(/start-?execution|with the input of/i);
});

describe('A change ended in failure', () => {
  test('the cause is mended and the request resumed: what was approved is put back', async () => {
    const request = await guard.held();
    await guard.settled();
    broken.set('restore', 'Lambda.Unknown');
    await guard.click(request, 'approve');
    await failed();
    broken.clear();
    expect(said(await guard.command(`resume ${request.id}`))).toContain(request.id);
    await fiveMinutesLater();
    await guard.until('the end', ({ executions, requests }) => {
      const now = requests.find(({ id }) => id === request.id);
      return executions.find(({ arn, outcome }) => arn === now?.executionArn && outcome === 'approved');
    });
    expect(await guard.isInForce(request)).toBe(true);
  });
});

describe('A grant cannot be taken out of force', () => {
  beforeEach(async () => {
    await guard.iam.send(new CreateUserCommand(INLINE));
    broken.set('quarantine', 'PolicyGuard.Refused');
    await guard.iam.send(new PutUserPolicyCommand(INLINE));
  });

  test('a person takes it out, the guard sees it, and the request goes on', async () => {
    const request = await guard.asked(() => true);
    expect(JSON.stringify(await guard.message(request))).toContain('STILL IN FORCE');
    await guard.iam.send(new DeleteUserPolicyCommand(INLINE));
    broken.clear();
    await guard.settled();
    await guard.until('the message says so', ({ slack }) =>
      slack.messages.find(({ ts, text }) => ts === request.slack?.ts && !text.includes('STILL IN FORCE')),
    );
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('the cause is mended, and the guard takes it out', async () => {
    const request = await guard.asked(() => true);
    broken.clear();
    await guard.settled();
    expect(await guard.inlineText(INLINE)).not.toBe(BAD);
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('it is to stay, so it is approved, and the guard stops trying', async () => {
    const request = await guard.asked(() => true);
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inlineText(INLINE)).toBe(BAD);
  });
});

describe('Somebody stopped an execution', () => {
  test('show tells what has become of the request; resumed, it waits again and a click counts', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    expect(said(await guard.command(`show ${request.id}`))).toContain(request.id);
    await guard.command(`resume ${request.id}`);
    await fiveMinutesLater();
    await guard.settled();
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });

  test('a decision meanwhile is not said to be under way, and is carried out within five minutes', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    await guard.click(request, 'approve');
    const message = JSON.stringify(await guard.message(request));
    expect(message).toContain('It will be carried out as soon as possible.');
    await guard.iam.send(
      new SetDefaultPolicyVersionCommand({ PolicyArn: request.policyArn ?? '', VersionId: 'v2' }),
    );
    await fiveMinutesLater();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.isInForce(request)).toBe(true);
  });
});

describe('Reconcile does not run', () => {
  test('the next run does what was left undone', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    broken.set('reconcile', 'Runtime.ExitError');
    await expect(fiveMinutesLater()).rejects.toThrow();
    broken.clear();
    expect(await fiveMinutesLater()).toMatchObject({ takenUp: 1 });
    await guard.settled();
    await guard.deny(request, GRACE);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });
});

describe('Clicks do not arrive', () => {
  test('the links of every request that waits are mailed, and decide', async () => {
    const [one, two] = [await guard.held(), await guard.held()];
    await guard.settled();
    expect((await guard.state()).emails).toEqual([]);
    expect(await guard.post('/api/mail-waiting', {})).toEqual({ mailed: 2 });
    const { emails } = await guard.state();
    const linkOf = ({ id }: typeof one, decision: string) =>
      emails.flatMap(({ links }) => links).find((link) => link.includes(id) && link.includes(`=${decision}`));
    expect((await fetch(linkOf(one, 'approve') ?? '', { method: 'POST' })).status).toBe(200);
    expect((await fetch(linkOf(two, 'deny') ?? '', { method: 'POST' })).status).toBe(200);
    expect(await guard.ended(one.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.ended(two.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.isInForce(one)).toBe(true);
    expect(await guard.isInForce(two)).toBe(false);
  });
});

describe('Changes are not delivered', () => {
  test('the cause is mended: the queue empties by itself, and each change goes its way', async () => {
    await guard.post('/api/faults', { delivery: 'down' });
    const arns = [await guard.create(), await guard.create()];
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await guard.state()).executions).toEqual([]);
    await guard.post('/api/faults', { delivery: 'up' });
    await fiveMinutesLater();
    for (const arn of arns) {
      await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await guard.inForce(arn)).toBe('v2');
    }
  });
});

describe('Functions are throttled', () => {
  test.each([
    ['what contains', 'contain'],
    ['what asks', 'notify'],
    ['what inspects', 'inspect'],
  ])('%s has room again: nothing is lost, and nobody has to do anything', async (_what, name) => {
    broken.set(name, 'Lambda.TooManyRequestsException');
    const arn = await guard.create();
    await guard.until('a try', ({ executions }) => executions[0]?.path.length);
    broken.clear();
    await fiveMinutesLater();
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    await guard.settled();
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.inForce(arn)).toBe('v2');
  });
});

describe('Clicks are slowed by a flood', () => {
  test('who clicks again has decided once', async () => {
    const request = await guard.held();
    await guard.settled();
    const knock = () =>
      fetch(`${guard.sandbox.page}/slack/events`, { method: 'POST', body: 'payload=%7B%7D' });
    const flood = Promise.all(Array.from({ length: 100 }, knock));
    await Promise.all([guard.click(request, 'approve'), guard.click(request, 'approve')]);
    expect((await flood).filter(({ ok }) => ok)).toEqual([]);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.sandbox.auditTrail(request.id, 'decision.approved')).toHaveLength(1);
  });
});

describe('Strangers get the e-mails', () => {
  test('the doctor names them; without their subscription an e-mail can approve again', async () => {
    await subscribe(guard, 'mallory@example.net');
    expect(said(await guard.command('doctor'))).toContain('mallory@');
    const request = await guard.held();
    await guard.settled();
    const linksMailed = async () => {
      const before = (await guard.state()).emails.length;
      await guard.post('/api/mail-waiting', {});
      return (await guard.state()).emails.slice(before).flatMap(({ links }) => links);
    };
    expect((await linksMailed()).join()).not.toContain('decision=approve');
    await unsubscribe(guard, 'mallory@example.net');
    const link = (await linksMailed()).find((each) => each.includes('decision=approve'));
    expect((await fetch(link ?? '', { method: 'POST' })).status).toBe(200);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('The ledger is damaged or lost', () => {
  const TableName = 'policy-guard-ledger';

  test('everything stays quarantined until its items are copied back; then the request goes on', async () => {
    const request = await guard.held();
    await guard.settled();
    const table = DynamoDBDocumentClient.from(new DynamoDBClient(asRoot()));
    const { Items = [] } = await table.send(new ScanCommand({ TableName }));
    for (const { pk, sk } of Items) await table.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    await guard.click(request, 'approve');
    expect(await guard.isInForce(request)).toBe(false);
    const meanwhile = await guard.held();
    expect(await guard.isInForce(meanwhile)).toBe(false);
    for (const Item of Items) await table.send(new PutCommand({ TableName, Item }));
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.isInForce(request)).toBe(true);
    await guard.deny(meanwhile);
    expect(await guard.ended(meanwhile.id)).toMatchObject({ outcome: 'denied' });
  });
});
