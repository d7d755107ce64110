import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFunctions } from '../../../../../infra/sandbox/aws/lambda/functions.ts';
import { createLambdaService, RETRY_MS } from '../../../../../infra/sandbox/aws/lambda/lambda-service.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

const place = { region: 'us-east-1', accountId: '123456789012' };

let endpoint: RunningEndpoint;
afterEach(() => endpoint.stop());

/** Lambda with one function, and what it was called with; it fails as often as it is told to. */
async function lambda(failures = 0) {
  const events: unknown[] = [];
  const failed: unknown[] = [];
  const handler = async (event: never) => {
    events.push(event);
    if (events.length <= failures) throw new Error(`failure ${events.length}`);
  };
  const functions = createFunctions({ work: { handler, timeoutSeconds: 60 } }, place);
  const { service } = createLambdaService({
    functions,
    retryMs: [1, 1],
    failed: (error) => failed.push(error),
  });
  endpoint = await startAwsEndpoint({}, { lambda: service });
  const client = new LambdaClient(endpoint.config());
  const invoke = (
    FunctionName: string,
    Payload = '{"job":1}',
    InvocationType: 'Event' | 'RequestResponse' = 'Event',
  ) => client.send(new InvokeCommand({ FunctionName, InvocationType, Payload: Buffer.from(Payload) }));
  return { events, failed, invoke, arn: functions.arn('work') };
}

describe('an asynchronous invocation', () => {
  it.each(['work', 'arn:aws:lambda:us-east-1:123456789012:function:work'])(
    'is taken at once: %s',
    async (name) => {
      const { invoke, events } = await lambda();
      expect(await invoke(name)).toMatchObject({ StatusCode: 202 });
      await vi.waitUntil(() => events.length === 1);
      expect(events).toEqual([{ job: 1 }]);
    },
  );

  it.each([
    [1, 2],
    [2, 3],
    [5, 3],
  ])('is tried up to twice more where the function fails: %i failures, %i tries', async (failures, tries) => {
    const { invoke, events, failed } = await lambda(failures);
    await invoke('work');
    await vi.waitUntil(() => failed.length === Math.min(failures, 3) && events.length === tries);
    expect(events).toEqual(Array(tries).fill({ job: 1 }));
  });

  it.each([
    ['a function that is not there', 'play', '{}', 'ResourceNotFoundException'],
    ['what is no JSON', 'work', '{', 'InvalidRequestContentException'],
    ['more than a megabyte', 'work', JSON.stringify('x'.repeat(1_048_576)), 'RequestTooLargeException'],
  ])('is refused: %s', async (_, name, payload, code) => {
    const { invoke, events } = await lambda();
    await expect(invoke(name, payload)).rejects.toMatchObject({ name: code });
    expect(events).toEqual([]);
  });

  it('is the only kind that there is', async () => {
    const { invoke } = await lambda();
    await expect(invoke('work', '{}', 'RequestResponse')).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('is tried again after one minute and two, as Lambda does', () => {
    expect(RETRY_MS).toEqual([60_000, 120_000]);
  });
});
