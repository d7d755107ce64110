import { createHash } from 'node:crypto';
import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, LATE, start } from '../support/forged-events.ts';
import {
  ADA,
  GRACE,
  type GuardedSandbox,
  MARGARET,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';
import { holdableHandlers } from '../support/holdable.ts';

type Hold = ReturnType<typeof holdableHandlers>['hold'];

/** A sandbox whose steps can be held up, and the hands of whoever may stop and redrive executions. */
async function play(
  story: (guard: GuardedSandbox, tools: Tools) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  const { hold, handlers } = holdableHandlers();
  const guard = await startGuardedSandbox(settings, handlers);
  const credentials = guard.sandbox.callers[0]?.credentials;
  const sfn = new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  const running = (arn: string, state: string) =>
    guard.until(`${state} of an execution`, ({ executions }) =>
      executions.find((each) => each.arn === arn && each.currentState === state),
    );
  try {
    await story(guard, {
      hold,
      stop: async (executionArn, error) => {
        await sfn.send(new StopExecutionCommand({ executionArn, error }));
      },
      redrive: async (executionArn) => {
        await sfn.send(new RedriveExecutionCommand({ executionArn }));
      },
      startAs: async (name, input) => {
        const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:policy-guard';
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        await guard.settled();
      },
      takenUp: async ({ id, executionArn }) => {
        await guard.command(`resume ${id}`);
        await guard.post('/api/reconcile', {});
        return guard.until('another execution', ({ requests }) =>
          requests.find((each) => each.id === id && each.executionArn !== executionArn),
        );
      },
      running,
      over: (arn) =>
        guard.until('the end of an execution', ({ executions }) =>
          executions.find((each) => each.arn === arn && each.status !== 'RUNNING'),
        ),
    });
  } finally {
    await guard.stop();
  }
}

interface Tools {
  hold: Hold;
  stop(executionArn: string, error?: string): Promise<void>;
  redrive(executionArn: string): Promise<void>;
  /** Waits until it has done what it does. */
  startAs(name: string, input: object): Promise<void>;
  /** The guard finds that the request's execution is dead, and starts another. */
  takenUp(request: RequestState): Promise<RequestState>;
  running(arn: string, state: string): Promise<unknown>;
  over(arn: string): Promise<{ status: string; outcome: string | null }>;
}

/** What stands in its place goes on standing after a denial, because of what it denies. */
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' },
    { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
  ],
});
const GRANT = { UserName: 'developer', PolicyName: 'grant' };

/** An event that says that somebody has written the grant. */
function written(by: string): object {
  const { detail, ...envelope } = eventOf('arn:aws:iam::123456789012:policy/x', by);
  const requestParameters = { userName: 'developer', policyName: 'grant', policyDocument: DOCUMENT };
  return {
    ...envelope,
    detail: { ...detail, eventName: 'PutUserPolicy', requestParameters, responseElements: null },
  };
}

describe('whoever redrives an execution', () => {
  test('that waited decides nothing: it waits again, and one click ends it', () =>
    play(async (guard, { stop, redrive, running }) => {
      const request = await guard.held();
      await stop(request.executionArn);
      await redrive(request.executionArn);
      await running(request.executionArn, 'RequestApproval');
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('in whose place another works takes nothing from it: the dead one ends, and the other hears the click', () =>
    play(async (guard, { stop, redrive, running, takenUp, over }) => {
      const request = await guard.held();
      await stop(request.executionArn);
      const taken = await takenUp(request);
      await running(taken.executionArn, 'RequestApproval');
      await redrive(request.executionArn);
      await over(request.executionArn);
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(taken, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await over(taken.executionArn)).toMatchObject({ status: 'SUCCEEDED', outcome: 'approved' });
      expect(await guard.isInForce(request)).toBe(true);
    }));

  test('that had approved brings nothing back that was denied since', () =>
    play(async (guard, { hold, stop, redrive, takenUp, over }) => {
      await guard.iamAs('margaret').send(new PutUserPolicyCommand({ ...GRANT, PolicyDocument: DOCUMENT }));
      const genuine = written('margaret.hamilton');
      await start(guard, written('developer'));
      const first = await guard.asked(() => true);
      const held = hold('restore');
      await guard.click(first, 'approve', MARGARET);
      await held.entered;
      await stop(first.executionArn);
      await takenUp(first);
      expect(await guard.ended(first.id)).toMatchObject({ outcome: 'approved' });
      await start(guard, genuine);
      const second = await guard.asked(({ id }) => id !== first.id);
      await guard.deny(second, GRACE);
      expect(await guard.ended(second.id)).toMatchObject({ outcome: 'denied' });
      const denied = await guard.inlineText(GRANT);
      expect(denied).not.toContain('s3:DeleteBucket');
      await redrive(first.executionArn);
      await over(first.executionArn);
      expect(await guard.inlineText(GRANT)).toBe(denied);
      held.release();
    }, LATE));

  test('that had not taken anything out takes nothing out that was approved since', () =>
    play(async (guard, { hold, stop, redrive, over }) => {
      const held = hold('quarantine');
      const arn = await guard.create();
      await held.entered;
      const dead = await guard.until('the execution', ({ executions }) => executions[0]);
      await stop(dead.arn);
      await guard.post('/api/reconcile', {});
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await guard.isInForce(request)).toBe(true);
      await redrive(dead.arn);
      await over(dead.arn);
      await guard.settled();
      expect(await guard.isInForce(request)).toBe(true);
      held.release();
    }));
});

describe('whoever stops an execution', () => {
  test.each(['PolicyGuard.LeftToPeople', 'PolicyGuard.Failed', 'PolicyGuard.Overtaken'])(
    'with the error %s keeps no grant in force: it is started again',
    (error) =>
      play(async (guard, { hold, stop, running }) => {
        const held = hold('quarantine');
        const arn = await guard.create();
        await held.entered;
        const dead = await guard.until('the execution', ({ executions }) => executions[0]);
        await stop(dead.arn, error);
        await guard.post('/api/reconcile', {});
        const request = await guard.asked(({ policyArn }) => policyArn === arn);
        await running(request.executionArn, 'RequestApproval');
        expect(await guard.isInForce(request)).toBe(false);
        held.release();
      }),
  );
});

describe('whoever takes the names that the guard gives its executions', () => {
  test('keeps no grant in force: what has died is started again under another', () =>
    play(async (guard, { hold, stop, startAs, running }) => {
      const held = hold('quarantine');
      const arn = await guard.create();
      await held.entered;
      const dead = await guard.until('the execution', ({ executions }) => executions[0]);
      await stop(dead.arn);
      const root = createHash('sha256').update(dead.arn).digest('hex').slice(0, 32);
      for (const attempt of [1, 2, 3]) {
        for (const end of ['', `-${'0'.repeat(24)}`])
          await startAs(`again-${root}-${attempt}${end}`, { resume: 'nothing' });
      }
      await guard.post('/api/reconcile', {});
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await running(request.executionArn, 'RequestApproval');
      expect(await guard.isInForce(request)).toBe(false);
      held.release();
    }));

  test('and lets that die before, keeps no grant in force either', () =>
    play(async (guard, { hold, stop, running }) => {
      const held = hold('quarantine');
      const arn = await guard.create();
      await held.entered;
      const dead = await guard.until('the execution', ({ executions }) => executions[0]);
      const root = createHash('sha256').update(dead.arn).digest('hex').slice(0, 32);
      const another = hold('inspect');
      const theirs = await start(guard, { eventName: 'any' }, `again-${root}-1`);
      await another.entered;
      await stop(theirs);
      await guard.post('/api/reconcile', {});
      await stop(dead.arn);
      await guard.post('/api/reconcile', {});
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await running(request.executionArn, 'RequestApproval');
      expect(await guard.isInForce(request)).toBe(false);
      another.release();
      held.release();
    }));

  test('keeps no request from being taken up', () =>
    play(async (guard, { stop, startAs, takenUp, running }) => {
      const request = await guard.held();
      await stop(request.executionArn);
      await startAs(`resume-${request.id}-1`, { resume: request.id });
      const taken = await takenUp(request);
      await running(taken.executionArn, 'RequestApproval');
      await guard.click(taken, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));
});
