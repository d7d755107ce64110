import { describe, expect, it } from 'vitest';
import { createFunctions, type FunctionHandler } from '../../../../../infra/sandbox/aws/lambda/functions.ts';
import { createInstances } from '../../../../../infra/sandbox/aws/lambda/instances.ts';

const place = { region: 'us-east-1', accountId: '123456789012' };
const functionsWith = (handler: FunctionHandler, timeoutSeconds = 1) =>
  createFunctions({ inspect: { handler, timeoutSeconds } }, place);

describe('calling a function', () => {
  it('passes event and result through JSON', async () => {
    const event = { at: new Date(0), gone: undefined };
    const functions = functionsWith(async (received) => ({ received, nothing: undefined }));
    expect(await functions.invoke('inspect', event)).toEqual({
      received: { at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('finds the function by name or ARN, and gives it Lambda’s context', async () => {
    const functions = functionsWith(async (_, context) => ({
      ...context,
      remaining: context.getRemainingTimeInMillis(),
    }));
    const context = await functions.invoke(functions.arn('inspect'), {});
    expect(context).toMatchObject({
      functionName: 'inspect',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:inspect',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect((context as { remaining: number }).remaining).toBeGreaterThan(900);
  });

  it('returns null for a function that returns nothing', async () => {
    expect(await functionsWith(async () => undefined).invoke('inspect', {})).toBeNull();
  });

  it('reports what was thrown by its name, as the Node.js runtime does', async () => {
    const thrown = Object.assign(new Error('no'), { name: 'PolicyGuard.NotDelivered' });
    const failing = functionsWith(async () => Promise.reject(thrown));
    await expect(failing.invoke('inspect', {})).rejects.toMatchObject({
      errorType: 'PolicyGuard.NotDelivered',
      errorMessage: 'no',
    });
    const odd = functionsWith(async () => Promise.reject('text'));
    await expect(odd.invoke('inspect', {})).rejects.toMatchObject({
      errorType: 'string',
      errorMessage: 'text',
    });
  });

  it('gives a function up when its time is over', async () => {
    const slow = functionsWith(() => new Promise(() => undefined), 0.01);
    await expect(slow.invoke('inspect', {})).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('knows no other function', async () => {
    await expect(functionsWith(async () => 1).invoke('other', {})).rejects.toMatchObject({
      errorType: 'Lambda.ResourceNotFoundException',
    });
  });
});

describe('instances', () => {
  const waits: number[] = [];
  const instances = createInstances(async (milliseconds) => void waits.push(milliseconds));
  const functions = createFunctions(
    { work: { handler: async () => 1, timeoutSeconds: 5 } },
    place,
    instances,
  );
  const work = () => functions.invoke('work', {});

  it('start cold, and then serve one event after the other; one more starts for two at once', async () => {
    instances.coldStartMs = 500;
    await work();
    await work();
    expect(waits).toEqual([500]);
    await Promise.all([work(), work()]);
    expect(waits).toEqual([500, 500]);
    await Promise.all([work(), work()]);
    expect(waits).toEqual([500, 500]);
  });

  it('are all gone once the time that they take is set', async () => {
    instances.coldStartMs = 300;
    await work();
    expect(waits).toEqual([500, 500, 300]);
  });
});
