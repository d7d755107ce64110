import { readFileSync } from 'node:fs';
import {
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { broken, guard } from '../support/each-breakable-sandbox.ts';
import { GRACE, granting } from '../support/guarded-sandbox.ts';

/** The sections of infra/aws/RUNBOOK.md, step by step, by whoever has Slack, IAM and the sandbox's buttons alone. */

const BAD = granting('s3:DeleteBucket');
const INLINE = { UserName: 'alice', PolicyName: 'bad', PolicyDocument: BAD };

/** What happens by itself within five minutes. */
const fiveMinutesLater = () => guard.post('/api/reconcile', {});

const failed = () =>
  guard.until('a failed execution', ({ executions }) => executions.find(({ status }) => status === 'FAILED'));

function stop(executionArn: string) {
  const credentials = guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials;
  const sfn = new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  return sfn.send(new StopExecutionCommand({ executionArn }));
}

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
