import { describe, expect, it, vi } from 'vitest';
import { engineFor, run, task, waitingTask } from './machine.ts';

const RETRY_AT_ONCE = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 0, MaxAttempts: 2 }];
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('a task', () => {
  it('gives the function the payload and the state machine what the function returned', async () => {
    const engine = engineFor({ Work: task({ 'n.$': '$.n' }) }, ({ n }: { n: number }) => ({
      doubled: n * 2,
    }));
    const execution = await run(engine, { n: 21 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(JSON.parse(execution.end.output ?? '')).toEqual({ doubled: 42 });
  });

  it('shares nothing by reference: what a function does to its event stays there', async () => {
    const engine = engineFor(
      {
        Spoil: task({ 'state.$': '$' }, { ResultPath: null, OutputPath: '$', Next: 'Look', End: undefined }),
        Look: task({ 'state.$': '$' }),
      },
      (event: { state: { list: number[] } }) => {
        const before = [...event.state.list];
        event.state.list.push(4);
        return before;
      },
    );
    const execution = await run(engine, { list: [1, 2, 3] });
    expect(JSON.parse(execution.end.output ?? '')).toEqual([1, 2, 3]);
  });

  it('fails with the name of the error the function threw, and Lambda’s JSON as the cause', async () => {
    const engine = engineFor({ Work: task({}) }, () => {
      throw named('PolicyGuard.Odd', 'it is odd');
    });
    const execution = await run(engine);
    expect(execution.status).toBe('FAILED');
    expect(execution.end.error).toBe('PolicyGuard.Odd');
    expect(JSON.parse(execution.end.cause ?? '')).toMatchObject({
      errorType: 'PolicyGuard.Odd',
      errorMessage: 'it is odd',
    });
  });

  it('is retried as its Retry says, and is told how often in $$.State.RetryCount', async () => {
    const counts: number[] = [];
    const engine = engineFor(
      {
        Work: task(
          { 'count.$': '$$.State.RetryCount' },
          { Retry: RETRY_AT_ONCE, Next: 'Again', End: undefined },
        ),
        Again: task({ 'count.$': '$$.State.RetryCount' }),
      },
      ({ count }: { count: number }) => {
        counts.push(count);
        if (counts.length < 3) throw new Error('not yet');
        return {};
      },
    );
    expect((await run(engine)).status).toBe('SUCCEEDED');
    expect(counts).toEqual([0, 1, 2, 0]);
  });

  it('starts counting retries anew in the state that a Catch leads to', async () => {
    const counts: number[] = [];
    const engine = engineFor(
      {
        Work: task(
          { 'count.$': '$$.State.RetryCount' },
          { Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.failure', Next: 'Mend' }] },
        ),
        Mend: task({ 'count.$': '$$.State.RetryCount', 'why.$': '$.failure.Error' }),
      },
      ({ count, why }: { count: number; why?: string }) => {
        counts.push(count);
        if (why === undefined) throw named('Broken');
        return why;
      },
    );
    expect(JSON.parse((await run(engine)).end.output ?? '')).toBe('Broken');
    expect(counts).toEqual([0, 0]);
  });

  it('times out when its function takes too long', async () => {
    const engine = engineFor({ Work: task({}, { TimeoutSeconds: 1 }) }, () => new Promise(() => undefined));
    const execution = await run(engine);
    expect(execution.end.error).toBe('States.Timeout');
  });

  it('ends the execution, whatever its Retry says, when its result is over 262,144 bytes', async () => {
    const work = vi.fn(() => 'x'.repeat(262_144));
    const catchAll = [{ ErrorEquals: ['States.ALL'], Next: 'Work' }];
    const engine = engineFor({ Work: task({}, { Retry: RETRY_AT_ONCE, Catch: catchAll }) }, work);
    expect((await run(engine)).end.error).toBe('States.DataLimitExceeded');
    expect(work).toHaveBeenCalledOnce();
  });

  it('goes on where a Catch names a result of over 262,144 bytes itself', async () => {
    const caught = [{ ErrorEquals: ['States.DataLimitExceeded'], ResultPath: '$.failure', Next: 'Look' }];
    const engine = engineFor(
      {
        Work: task({}, { Catch: caught }),
        Look: { Type: 'Pass', Parameters: { 'error.$': '$.failure.Error' }, End: true },
      },
      () => 'x'.repeat(262_144),
    );
    const { output } = (await run(engine)).end;
    expect(JSON.parse(output ?? '')).toEqual({ error: 'States.DataLimitExceeded' });
  });
});

describe('a task that waits for its token', () => {
  const tokens: string[] = [];
  const keepToken = ({ token }: { token: string }) => void tokens.push(token);
  const lastToken = async (count = 1) => {
    await vi.waitFor(() => expect(tokens.length).toBeGreaterThanOrEqual(count));
    return tokens.at(-1) ?? '';
  };

  it('goes on with the output of SendTaskSuccess, not with what the function returned', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask() }, keepToken);
    const execution = engine.start('{}');
    engine.tokens.find(await lastToken()).succeed({ decision: 'approved' });
    await execution.ended;
    expect(JSON.parse(execution.end.output ?? '')).toEqual({ decision: 'approved' });
  });

  it('fails with the error and cause of SendTaskFailure', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask() }, keepToken);
    const execution = engine.start('{}');
    engine.tokens.find(await lastToken()).fail('PolicyGuard.Denied', 'by Grace');
    await execution.ended;
    expect(execution.end).toEqual({ error: 'PolicyGuard.Denied', cause: 'by Grace' });
  });

  it('takes the time it may wait out of the state’s input, and closes the token when it is over', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask({ TimeoutSecondsPath: '$.wait.seconds' }) }, keepToken);
    const execution = await run(engine, { wait: { seconds: 1 } });
    expect(execution.end.error).toBe('States.Timeout');
    expect(() => engine.tokens.find(tokens[0] ?? '')).toThrow(
      expect.objectContaining({ code: 'TaskTimedOut' }),
    );
  });

  it('waits for 30 days when told to, not for the millisecond that an overflowing timer would', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask({ TimeoutSecondsPath: '$.wait.seconds' }) }, keepToken);
    const execution = engine.start(JSON.stringify({ wait: { seconds: 2_592_000 } }));
    await lastToken();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(execution.status).toBe('RUNNING');
    await engine.close();
  });

  it('gets a token of its own for each attempt, as long and as odd as AWS’s', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask({ Retry: RETRY_AT_ONCE }) }, (event: { token: string }) => {
      keepToken(event);
      if (tokens.length < 2) throw new Error('Slack is down');
    });
    const execution = engine.start('{}');
    const token = await lastToken(2);
    expect(new Set(tokens).size).toBe(2);
    expect(token).toMatch(/^[A-Za-z0-9+/]{600,}=*$/);
    expect(() => engine.tokens.find(tokens[0] ?? '')).toThrow(
      expect.objectContaining({ code: 'TaskTimedOut' }),
    );
    engine.tokens.find(token).succeed({});
    await execution.ended;
    expect(execution.status).toBe('SUCCEEDED');
  });

  it('is given up when the execution is stopped', async () => {
    tokens.length = 0;
    const engine = engineFor({ Ask: waitingTask({ Retry: RETRY_AT_ONCE }) }, keepToken);
    const execution = engine.start('{}');
    const token = await lastToken();
    execution.stop('Why', 'because');
    await execution.ended;
    expect(execution).toMatchObject({ status: 'ABORTED', end: { error: 'Why', cause: 'because' } });
    await vi.waitFor(() =>
      expect(() => engine.tokens.find(token)).toThrow(expect.objectContaining({ code: 'TaskTimedOut' })),
    );
  });
});
