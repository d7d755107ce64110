import { describe, expect, it, vi } from 'vitest';
import type { Caller } from '../../../../../infra/sandbox/aws/front-door/service.ts';
import type { Engine } from '../../../../../infra/sandbox/aws/states/engine.ts';
import { createStepFunctionsService } from '../../../../../infra/sandbox/aws/states/service.ts';
import { engineFor, run, task, waitingTask } from './machine.ts';

const caller = {} as Caller;
const call = async (engine: Engine, operation: string, input: Record<string, unknown>) =>
  (await createStepFunctionsService(engine)[operation]?.(input, caller)) as Record<string, unknown>;
const echo = () => engineFor({ Work: task({ 'state.$': '$' }) }, (event) => event);
const code = (name: string) => expect.objectContaining({ code: name });

describe('StartExecution', () => {
  it('starts the machine with the input under the name', async () => {
    const engine = echo();
    const { executionArn } = await call(engine, 'StartExecution', {
      stateMachineArn: engine.stateMachineArn,
      name: 'first',
      input: '{"a":1}',
    });
    expect(executionArn).toBe('arn:aws:states:us-east-1:123456789012:execution:machine:first');
    const execution = engine.find(String(executionArn));
    await execution?.ended;
    const described = await call(engine, 'DescribeExecution', { executionArn });
    expect(described).toMatchObject({ status: 'SUCCEEDED', input: '{"a":1}', output: '{"state":{"a":1}}' });
  });

  it('answers the same again while the same execution runs, and refuses the name afterwards', async () => {
    const engine = engineFor({ Ask: waitingTask() }, () => undefined);
    const input = { stateMachineArn: engine.stateMachineArn, name: 'once', input: '{}' };
    const first = await call(engine, 'StartExecution', input);
    expect(await call(engine, 'StartExecution', input)).toEqual(first);
    await expect(call(engine, 'StartExecution', { ...input, input: '{"b":2}' })).rejects.toEqual(
      code('ExecutionAlreadyExists'),
    );
    await engine.close();
    await expect(call(engine, 'StartExecution', input)).rejects.toEqual(code('ExecutionAlreadyExists'));
  });

  it.each([
    ['a name with a slash', { name: 'a/b' }, 'InvalidName'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'ValidationException'],
    ['input that is not JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['input over 262,144 bytes', { input: `"${'x'.repeat(262_144)}"` }, 'ValidationException'],
    ['no ARN', { stateMachineArn: 'machine' }, 'InvalidArn'],
    [
      'another machine',
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:other' },
      'StateMachineDoesNotExist',
    ],
  ])('refuses %s', async (_, input, error) => {
    const engine = echo();
    const refused = call(engine, 'StartExecution', { stateMachineArn: engine.stateMachineArn, ...input });
    await expect(refused).rejects.toEqual(code(error));
  });
});

describe('reading executions', () => {
  it('lists them newest first, by status, page by page', async () => {
    const engine = echo();
    for (const n of [1, 2, 3]) await run(engine, { n });
    const list = (input: object) =>
      call(engine, 'ListExecutions', { stateMachineArn: engine.stateMachineArn, ...input });
    const first = await list({ maxResults: 2 });
    const second = await list({ maxResults: 2, nextToken: first.nextToken });
    const names = [first, second].flatMap((page) => page.executions as { name: string }[]).map((e) => e.name);
    expect(names).toEqual(engine.executions().map((execution) => execution.name));
    expect(await list({ statusFilter: 'FAILED' })).toEqual({ executions: [], nextToken: undefined });
  });

  it('tells what happened in the order in which it happened, in AWS’s words', async () => {
    const engine = engineFor(
      {
        Work: task(
          {},
          { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 0 }], Next: 'Done', End: undefined },
        ),
        Done: { Type: 'Succeed' },
      },
      vi.fn().mockImplementationOnce(() => {
        throw new Error('once');
      }),
    );
    const { arn } = await run(engine);
    const { events } = await call(engine, 'GetExecutionHistory', { executionArn: arn });
    expect((events as { type: string }[]).map((event) => event.type)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed'],
      ...['TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'],
      ...['SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded'],
    ]);
  });

  it('leaves the data out of the history when asked to', async () => {
    const engine = echo();
    const { arn } = await run(engine, { secret: 'x' });
    const history = await call(engine, 'GetExecutionHistory', {
      executionArn: arn,
      includeExecutionData: false,
    });
    expect(JSON.stringify(history)).not.toContain('secret');
  });

  it('knows no other execution', async () => {
    const engine = echo();
    const executionArn = engine.executionArn('other');
    await expect(call(engine, 'DescribeExecution', { executionArn })).rejects.toEqual(
      code('ExecutionDoesNotExist'),
    );
    await expect(call(engine, 'StopExecution', { executionArn: 'x' })).rejects.toEqual(code('InvalidArn'));
  });
});

describe('RedriveExecution', () => {
  const redrive = (engine: Engine, executionArn: string) =>
    call(engine, 'RedriveExecution', { executionArn });

  it('enters the state that failed again, with its input, and does not do again what was done', async () => {
    const work = vi.fn((event: { step: string }) => {
      if (event.step === 'second' && work.mock.calls.length === 2) throw new Error('once');
      return { after: event.step };
    });
    const engine = engineFor(
      {
        First: task({ step: 'first' }, { Next: 'Second', End: undefined }),
        Second: task({ step: 'second', 'from.$': '$.after' }),
      },
      work,
    );
    const execution = await run(engine);
    expect(await call(engine, 'DescribeExecution', { executionArn: execution.arn })).toMatchObject({
      ...{ status: 'FAILED', redriveCount: 0, redriveStatus: 'REDRIVABLE' },
    });
    const { redriveDate } = await redrive(engine, execution.arn);
    await execution.ended;
    expect(await call(engine, 'DescribeExecution', { executionArn: execution.arn })).toMatchObject({
      ...{
        status: 'SUCCEEDED',
        output: '{"after":"second"}',
        redriveCount: 1,
        redriveDate,
      },
      ...{
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      },
    });
    expect(work.mock.calls.map(([event]) => event)).toEqual([
      { step: 'first' },
      { step: 'second', from: 'first' },
      { step: 'second', from: 'first' },
    ]);
    const types = execution.history.map(({ type }) => type);
    expect(types.slice(types.indexOf('ExecutionFailed'))).toEqual([
      ...['ExecutionFailed', 'ExecutionRedriven', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted'],
      ...['TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded'],
    ]);
  });

  it('goes on with what was stopped, with another task token', async () => {
    const tokens: string[] = [];
    const engine = engineFor({ Ask: waitingTask() }, (event: { token: string }) => {
      tokens.push(event.token);
    });
    const execution = engine.start('{}');
    await vi.waitFor(() => expect(tokens).toHaveLength(1));
    await call(engine, 'StopExecution', { executionArn: execution.arn });
    await redrive(engine, execution.arn);
    await vi.waitFor(() => expect(tokens).toHaveLength(2));
    await expect(call(engine, 'SendTaskSuccess', { taskToken: tokens[0], output: '{}' })).rejects.toEqual(
      code('TaskTimedOut'),
    );
    await call(engine, 'SendTaskSuccess', { taskToken: tokens[1], output: '{"ok":true}' });
    await execution.ended;
    expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  });

  it('reenters a Fail state, which fails again', async () => {
    const engine = engineFor({ Failed: { Type: 'Fail', Error: 'Odd' } }, () => undefined);
    const execution = await run(engine);
    await redrive(engine, execution.arn);
    await execution.ended;
    expect(execution).toMatchObject({ status: 'FAILED', end: { error: 'Odd' }, path: ['Failed', 'Failed'] });
  });

  it('refuses what has succeeded, what runs, what ended a fortnight ago, and what it does not know', async () => {
    const engine = engineFor({ Ask: waitingTask() }, () => undefined);
    const execution = engine.start('{}');
    await expect(redrive(engine, execution.arn)).rejects.toEqual(code('ExecutionNotRedrivable'));
    execution.stop();
    execution.stoppedAt = new Date(Date.now() - 15 * 86_400_000);
    await expect(redrive(engine, execution.arn)).rejects.toEqual(code('ExecutionNotRedrivable'));
    const done = await run(echo());
    expect(done.notRedrivable).toContain('SUCCEEDED');
    await expect(redrive(engine, engine.executionArn('other'))).rejects.toEqual(
      code('ExecutionDoesNotExist'),
    );
    await expect(redrive(engine, 'x')).rejects.toEqual(code('InvalidArn'));
  });
});

describe('task tokens', () => {
  async function waiting() {
    let token = '';
    const engine = engineFor({ Ask: waitingTask() }, (event: { token: string }) => {
      token = event.token;
    });
    const execution = engine.start('{}');
    await vi.waitFor(() => expect(token).not.toBe(''));
    return { engine, execution, token };
  }

  it('can be used once; a second use is told that the task is over', async () => {
    const { engine, execution, token } = await waiting();
    await call(engine, 'SendTaskHeartbeat', { taskToken: token });
    await call(engine, 'SendTaskSuccess', { taskToken: token, output: '{"ok":true}' });
    const again = call(engine, 'SendTaskSuccess', { taskToken: token, output: '{}' });
    await expect(again).rejects.toEqual(code('TaskTimedOut'));
    await execution.ended;
    await expect(call(engine, 'SendTaskHeartbeat', { taskToken: token })).rejects.toEqual(
      code('TaskTimedOut'),
    );
    expect(JSON.parse(execution.end.output ?? '')).toEqual({ ok: true });
  });

  it('must be ones that were given out', async () => {
    const { engine } = await waiting();
    const made = Buffer.alloc(500, 7).toString('base64');
    await expect(call(engine, 'SendTaskFailure', { taskToken: 'x' })).rejects.toEqual(code('InvalidToken'));
    await expect(call(engine, 'SendTaskFailure', { taskToken: made })).rejects.toEqual(
      code('TaskDoesNotExist'),
    );
    await engine.close();
  });

  it('take only JSON', async () => {
    const { engine, token } = await waiting();
    await expect(call(engine, 'SendTaskSuccess', { taskToken: token, output: 'yes' })).rejects.toEqual(
      code('InvalidOutput'),
    );
    await engine.close();
  });
});
