import { describe, expect, it } from 'vitest';
import { courseOf } from '../../../../infra/sandbox/api/course.ts';
import type { State } from '../../../../infra/sandbox/aws/states/definition.ts';
import { engineFor, run, task } from '../aws/states/machine.ts';

const NEXT = { Next: 'Done', End: undefined };
const DONE: State = { Type: 'Pass', End: true };

async function courseFor(states: Record<string, State>, work: (event: never) => unknown) {
  return courseOf((await run(engineFor(states, work), { n: 1 })).history);
}

function failing(times: number) {
  let left = times;
  return () => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error('not yet'), { name: 'Busy' });
    return { done: true };
  };
}

describe('the course of an execution', () => {
  it('has each state in order, with what it was given and handed on', async () => {
    const steps = await courseFor({ Work: task({ 'n.$': '$.n' }, NEXT), Done: DONE }, () => ({ m: 2 }));
    expect(steps).toMatchObject([
      { name: 'Work', type: 'Task', input: '{"n":1}', output: '{"m":2}' },
      { name: 'Done', type: 'Pass', input: '{"m":2}', output: '{"m":2}', tries: [] },
    ]);
    const [{ enteredAt, leftAt, tries } = expect.fail()] = steps;
    const [{ startedAt, endedAt, given, answer } = expect.fail()] = tries;
    const times = [enteredAt, startedAt, endedAt, leftAt].map((at) => at ?? '');
    expect(times).toEqual(times.toSorted());
    expect(JSON.parse(given)).toMatchObject({ FunctionName: 'work', Payload: { n: 1 } });
    expect(JSON.parse(answer ?? '')).toMatchObject({ Payload: { m: 2 } });
  });

  it('has each try of a task, with the error of those that failed', async () => {
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 0, MaxAttempts: 2 }];
    const [step] = await courseFor({ Work: task({}, { Retry }) }, failing(2));
    expect(step?.tries.map(({ error, answer }) => [error?.name, answer !== null])).toEqual([
      ['Busy', false],
      ['Busy', false],
      [undefined, true],
    ]);
    expect(step?.tries[0]?.error?.cause).toContain('not yet');
  });

  it('goes on where a Catch leads', async () => {
    const Catch = [{ ErrorEquals: ['Busy'], ResultPath: '$.failure', Next: 'Done' }];
    const steps = await courseFor({ Work: task({}, { Catch }), Done: DONE }, failing(1));
    expect(steps.map(({ name }) => name)).toEqual(['Work', 'Done']);
    expect(JSON.parse(steps[0]?.output ?? '')).toMatchObject({ failure: { Error: 'Busy' } });
  });

  it('leaves the last state when the execution fails, with nothing handed on', async () => {
    const [step] = await courseFor({ Work: task({}) }, failing(1));
    expect(step).toMatchObject({ output: null, tries: [{ error: { name: 'Busy' } }] });
    expect(step?.leftAt).not.toBeNull();
  });

  it('shows a wait for a decision without its task token, and gives it up when the execution is stopped', async () => {
    let asked: (event: { taskToken: string }) => void = () => {};
    const token = new Promise<string>((resolve) => {
      asked = (event) => resolve(event.taskToken);
    });
    const waiting = task(
      { 'taskToken.$': '$$.Task.Token' },
      { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' },
    );
    const execution = engineFor({ Ask: waiting }, (event) => asked(event)).start('{}');
    const secret = await token;
    await expect.poll(() => courseOf(execution.history)[0]?.tries[0]?.submitted).toBeTruthy();
    const [step] = courseOf(execution.history);
    expect(step).toMatchObject({ leftAt: null, tries: [{ endedAt: null }] });
    expect(JSON.parse(step?.tries[0]?.given ?? '')).toMatchObject({ Payload: { taskToken: '***' } });
    expect(JSON.stringify(step)).not.toContain(JSON.stringify(secret).slice(1, -1));
    execution.stop();
    await execution.ended;
    const [stopped] = courseOf(execution.history);
    expect([stopped?.leftAt, stopped?.tries[0]?.endedAt]).not.toContain(null);
  });
});
