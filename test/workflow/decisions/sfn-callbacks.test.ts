import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTaskCallbacks } from '../../../workflow/decisions/sfn-callbacks.ts';
import { GENEROUS } from '../../support/generous.ts';
import { awsAt, startServer } from '../../support/local-server.ts';

/** Step Functions that gives one answer and notes the calls. */
async function stepFunctions(status: number, answer: object) {
  const calls: { operation: unknown; input: unknown }[] = [];
  const { url, close } = await startServer(async (request, response) => {
    const body = await text(request);
    calls.push({ operation: request.headers['x-amz-target'], input: JSON.parse(body) });
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });
  onTestFinished(close);
  return { calls, callbacks: createTaskCallbacks(awsAt(url), GENEROUS.callbacks) };
}

describe('telling Step Functions', () => {
  it('sends success with the output as JSON', async () => {
    const { calls, callbacks } = await stepFunctions(200, {});
    expect(await callbacks.succeed('token', { decision: 'approved' })).toBe('delivered');
    expect(calls).toEqual([
      {
        operation: 'AWSStepFunctions.SendTaskSuccess',
        input: { taskToken: 'token', output: '{"decision":"approved"}' },
      },
    ]);
  });

  it('sends failure with error and cause', async () => {
    const { calls, callbacks } = await stepFunctions(200, {});
    expect(await callbacks.fail('token', 'PolicyGuard.Denied', '{}')).toBe('delivered');
    expect(calls).toEqual([
      {
        operation: 'AWSStepFunctions.SendTaskFailure',
        input: { taskToken: 'token', error: 'PolicyGuard.Denied', cause: '{}' },
      },
    ]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'takes %s for a closed task',
    async (name) => {
      const { callbacks } = await stepFunctions(400, { __type: name, message: 'Task is closed' });
      expect(await callbacks.succeed('token', {})).toBe('closed');
      expect(await callbacks.fail('token', 'e', 'c')).toBe('closed');
    },
  );

  it('lets every other failure through', async () => {
    const { callbacks } = await stepFunctions(400, { __type: 'AccessDeniedException', message: 'no' });
    await expect(callbacks.succeed('token', {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
