import {
  CreateUserCommand,
  DeletePolicyCommand,
  ListPolicyVersionsCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { broken, guard } from '../support/each-breakable-sandbox.ts';
import { BAD, GRACE } from '../support/guarded-sandbox.ts';

const reconcile = () => guard.post('/api/reconcile', {});

function sfn(): SFNClient {
  const credentials = guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials;
  return new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
}

const stop = (executionArn: string) => sfn().send(new StopExecutionCommand({ executionArn }));

const requestNow = async (id: string) => (await guard.state()).requests.find((one) => one.id === id);

const failedExecution = () =>
  guard.until('a failed execution', ({ executions }) => executions.find(({ status }) => status === 'FAILED'));

/** Waits until the request waits for a decision in a running execution. */
const waits = (id: string) =>
  guard.until(`${id} waits`, ({ requests, executions }) => {
    const request = requests.find((one) => one.id === id);
    const execution = executions.find(({ arn }) => arn === request?.executionArn);
    return /^(RequestApproval|Remind)$/.test(execution?.currentState ?? '') ? request : undefined;
  });

const anyRequest = () => guard.asked(() => true);

describe('an execution that somebody stops', () => {
  test('while it waits: taken up by itself, with its message and its votes, and then approved', async () => {
    const arn = await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    await stop(request.executionArn);
    expect(await reconcile()).toMatchObject({ takenUp: 1 });
    const again = await waits(request.id);
    expect(again.executionArn).not.toBe(request.executionArn);
    expect(again.slack?.ts).toBe(request.slack?.ts);
    await guard.click(again, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
  });

  test('before a click: the decision stands, and is carried out when it is taken up', async () => {
    const arn = await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    await stop(request.executionArn);
    await guard.deny(request);
    await reconcile();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.inForce(arn)).toBe('v2');
  });

  test('is taken up once, however often reconcile runs', async () => {
    await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    await stop(request.executionArn);
    await Promise.all([reconcile(), reconcile(), reconcile()]);
    await waits(request.id);
    expect(await reconcile()).toMatchObject({ takenUp: 0, restarted: 0 });
    const resumed = (await guard.state()).executions.filter(({ arn }) => arn.includes(':resume-'));
    expect(resumed).toHaveLength(1);
  });

  test('votes that were given count on', async () => {
    await guard.create({ caller: 'deployer' });
    const request = await anyRequest();
    await waits(request.id);
    await guard.click(request, 'approve');
    await stop(request.executionArn);
    await reconcile();
    const again = await waits(request.id);
    expect(again.votes).toHaveLength(1);
    await guard.click(again, 'approve', GRACE);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

test('whoever merely starts an execution for a request has nothing from it', async () => {
  await guard.create();
  const request = await anyRequest();
  await waits(request.id);
  const stateMachineArn = request.executionArn
    .replace(':execution:', ':stateMachine:')
    .replace(/:[^:]+$/, '');
  const input = JSON.stringify({ resume: request.id, next: 'restore', verdict: 'allowed' });
  const { executionArn } = await sfn().send(new StartExecutionCommand({ stateMachineArn, input }));
  const ended = await guard.until('its end', ({ executions }) =>
    executions.find(({ arn, status }) => arn === executionArn && status !== 'RUNNING'),
  );
  expect(ended).toMatchObject({ outcome: 'duplicate' });
  expect(await requestNow(request.id)).toMatchObject({
    status: 'pending',
    executionArn: request.executionArn,
  });
});

describe('a step that fails for good', () => {
  test.each(['restore', 'announce'])('%s: told, taken up again, and it ends as approved', async (step) => {
    const arn = await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    broken.set(step, 'Lambda.Unknown');
    await guard.click(request, 'approve');
    await failedExecution();
    broken.clear();
    await reconcile();
    await guard.until('the end', ({ requests, executions }) => {
      const now = requests.find(({ id }) => id === request.id);
      return executions.find((one) => one.arn === now?.executionArn && one.outcome === 'approved');
    });
    expect(await guard.inForce(arn)).toBe('v1');
    expect((await guard.message(request))?.text).toContain('Approved');
  });

  test('discard: told, taken up again, and it ends as denied', async () => {
    await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    broken.set('discard', 'Runtime.ExitError');
    await guard.deny(request);
    await failedExecution();
    broken.clear();
    await reconcile();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test.each(['Lambda.ClientExecutionTimeoutException', 'Runtime.ExitError'])(
    'one %s while asking changes nothing: it is asked all the same',
    async (error) => {
      broken.set('request-approval', error);
      await guard.create();
      await guard.until('a try', ({ requests }) => requests[0]);
      broken.clear();
      const request = await anyRequest();
      await guard.click(await waits(request.id), 'approve');
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    },
  );

  test('asking: the request that nobody was asked about is asked about when it is taken up', async () => {
    broken.set('request-approval', 'Lambda.Unknown');
    await guard.create();
    await failedExecution();
    broken.clear();
    await reconcile();
    const request = await anyRequest();
    await guard.click(await waits(request.id), 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });

  test('record: the change is started again, and asked about', async () => {
    broken.set('record', 'LedgerUnavailableError');
    const arn = await guard.create();
    await failedExecution();
    broken.clear();
    expect(await reconcile()).toMatchObject({ restarted: 1 });
    const request = await anyRequest();
    expect(await guard.inForce(arn)).not.toBe('v1');
    await guard.click(await waits(request.id), 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
  });
});

describe('an orphan', () => {
  test('does not swallow what comes after it: a put-back is told, and the request is taken up', async () => {
    const arn = await guard.create();
    const request = await anyRequest();
    await waits(request.id);
    await stop(request.executionArn);
    await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    await guard.until('a duplicate', ({ executions }) =>
      executions.find(({ outcome }) => outcome === 'duplicate'),
    );
    expect(await guard.inForce(arn)).toBe('v2');
    await reconcile();
    await guard.click(await waits(request.id), 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('IAM is away while a grant is in force', () => {
  test('it is told, asked about, and taken out when IAM is back; then the request goes on', async () => {
    broken.set('quarantine', 'ServiceUnavailable');
    const arn = await guard.create();
    const request = await anyRequest();
    expect(JSON.stringify(await guard.message(request))).toContain('STILL IN FORCE');
    const loud = (await guard.state()).slack.messages.filter(({ text }) => text.startsWith('<!channel>'));
    expect(loud).toHaveLength(1);
    broken.clear();
    await waits(request.id);
    expect(await guard.inForce(arn)).toBe('v2');
    expect(await requestNow(request.id)).toMatchObject({ containment: { type: 'managed-policy' } });
    await guard.until('the message says so', ({ slack }) =>
      slack.messages.find(
        ({ ts, text }) => ts === request.slack?.ts && text.includes('It is out of force until'),
      ),
    );
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
    const { Versions = [] } = await guard.iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
    expect(Versions).toHaveLength(1);
  });

  test('a person may say stop, which is an approval: it is left in force', async () => {
    broken.set('quarantine', 'ServiceUnavailable');
    const arn = await guard.create();
    const request = await anyRequest();
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
  });

  test('a denial does not stop it: it is taken out when IAM is back, for good', async () => {
    broken.set('quarantine', 'ServiceUnavailable');
    const user = 'alice';
    await guard.iam.send(new CreateUserCommand({ UserName: user }));
    await guard.iam.send(
      new PutUserPolicyCommand({ UserName: user, PolicyName: 'inline', PolicyDocument: BAD }),
    );
    const request = await anyRequest();
    await guard.deny(request);
    broken.clear();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('what is deleted meanwhile ends as gone, and waits for nobody any more', async () => {
    broken.set('quarantine', 'ServiceUnavailable');
    const arn = await guard.create();
    const request = await anyRequest();
    await guard.iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
    broken.clear();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'gone' });
  });

  test('a stopped execution goes on trying when it is taken up', async () => {
    broken.set('quarantine', 'ServiceUnavailable');
    const arn = await guard.create();
    const request = await anyRequest();
    await stop(request.executionArn);
    broken.clear();
    await reconcile();
    await waits(request.id);
    expect(await guard.inForce(arn)).toBe('v2');
  });
});

describe('Slack and e-mail both away', () => {
  test('a change is asked about when they are back, by itself', async () => {
    broken.set('notify', 'PolicyGuard.NotDelivered');
    await guard.create();
    await failedExecution();
    broken.clear();
    await reconcile();
    const request: RequestState = await anyRequest();
    await guard.click(await waits(request.id), 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('EventBridge cannot start the state machine', () => {
  test('the change is kept, and on its way again when it can', async () => {
    await guard.post('/api/faults', { delivery: 'down' });
    const arn = await guard.create();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await guard.state()).executions).toEqual([]);
    await guard.post('/api/faults', { delivery: 'up' });
    await reconcile();
    await anyRequest();
    expect(await guard.inForce(arn)).toBe('v2');
    const { executions } = await guard.state();
    expect(executions.filter(({ eventName }) => eventName === 'CreatePolicy')).toHaveLength(1);
  });
});

test('a decision whose function died before its audit entry stands in the trail all the same', async () => {
  await guard.create();
  const request = await anyRequest();
  await waits(request.id);
  // A decision as the function leaves it in the ledger when it dies right afterwards.
  await guard.sandbox.decideOnly(request.id);
  expect(await guard.sandbox.auditTrail(request.id, 'decision.denied')).toEqual([]);
  expect(await reconcile()).toMatchObject({ delivered: 1 });
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  expect(await guard.sandbox.auditTrail(request.id, 'decision.denied')).toHaveLength(1);
});
