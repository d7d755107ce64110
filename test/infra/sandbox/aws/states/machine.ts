import { createFunctions, type FunctionHandler } from '../../../../../infra/sandbox/aws/lambda/functions.ts';
import type { Definition, State } from '../../../../../infra/sandbox/aws/states/definition.ts';
import { createEngine, type Engine } from '../../../../../infra/sandbox/aws/states/engine.ts';

const place = { region: 'us-east-1', accountId: '123456789012' };

/** An engine for a machine of these states, whose tasks call `work`. */
export function engineFor(states: Record<string, State>, work: (event: never) => unknown): Engine {
  const handler: FunctionHandler = async (event) => work(event);
  const functions = createFunctions({ work: { handler, timeoutSeconds: 60 } }, place);
  const [StartAt = ''] = Object.keys(states);
  const definition: Definition = { StartAt, States: states };
  return createEngine({ name: 'machine', definition, functions, changed: () => undefined, ...place });
}

/** A task that calls `work` with this payload. */
export function task(payload: Record<string, unknown>, rest: Partial<State> = {}): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'work', Payload: payload },
    OutputPath: '$.Payload',
    End: true,
    ...rest,
  };
}

/** A task that waits for SendTaskSuccess or SendTaskFailure. */
export function waitingTask(rest: Partial<State> = {}): State {
  return task(
    { 'token.$': '$$.Task.Token', 'retryCount.$': '$$.State.RetryCount' },
    { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', OutputPath: '$', ...rest },
  );
}

/** Runs the machine to its end. */
export async function run(engine: Engine, input: unknown = {}) {
  const execution = engine.start(JSON.stringify(input));
  await execution.ended;
  return execution;
}
