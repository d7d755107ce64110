import { fileURLToPath } from 'node:url';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../../infra/sandbox/aws/front-door/service.ts';
import type { Definition } from '../../../infra/sandbox/aws/states/definition.ts';
import type { Engine, StateMachineSettings } from '../../../infra/sandbox/aws/states/engine.ts';
import { DATA_LIMIT_BYTES } from '../../../infra/sandbox/faults/table.ts';
import { motoOfThisFile } from '../moto.ts';
import { type LambdaBridge, lambdaBridgeOfThisFile } from './lambda-bridge.ts';
import { MotoExecution } from './moto-execution.ts';

/** What moto sleeps where a Retry says one second. */
const SECOND = '0.0002';

/**
 * moto's own interpreter, with functions in place of its Lambda: those of the newest engine serve all of them.
 */
export async function motoEngineOfThisFile(): Promise<(machine: StateMachineSettings) => Engine> {
  const bridge = await lambdaBridgeOfThisFile();
  const moto = await motoOfThisFile({
    // Where its interpreter looks for Lambda.
    MOTO_PORT: bridge.port,
    MOTO_SECOND: SECOND,
    PYTHONPATH: fileURLToPath(new URL('.', import.meta.url)),
  });
  await moto.configure({ stepfunctions: { execute_state_machine: true } });
  const sfn = new SFNClient({ ...moto.config, maxAttempts: 1 });
  return (machine) => createMotoEngine(sfn, bridge, machine);
}

function createMotoEngine(sfn: SFNClient, bridge: LambdaBridge, machine: StateMachineSettings): Engine {
  const { name: machineName, region, accountId, definition, functions, changed } = machine;
  const arn = (type: string) => `arn:aws:states:${region}:${accountId}:${type}:${machineName}`;
  const stateMachineArn = arn('stateMachine');
  const roleArn = `arn:aws:iam::${accountId}:role/${machineName}-state-machine`;
  const executions = new Map<string, MotoExecution>();
  bridge.use(functions.invoke);
  const ready = sfn.send(
    new CreateStateMachineCommand({
      name: machineName,
      roleArn,
      definition: JSON.stringify(hurried(definition)),
    }),
  );
  const executionArn = (name: string) => `${arn('execution')}:${name}`;
  return {
    ...{ stateMachineArn, roleArn, definition, createdAt: new Date(), executionArn },
    dataLimitBytes: DATA_LIMIT_BYTES,
    tokens: { find: (taskToken) => waitingTask(sfn, taskToken) },
    executions: () => [...executions.values()].reverse(),
    find: (each) => executions.get(each),
    start(input, name = crypto.randomUUID()) {
      const started = { sfn, ready, arn: executionArn(name), name, stateMachineArn, input, changed };
      const execution = new MotoExecution(started);
      executions.set(execution.arn, execution);
      return execution;
    },
    async close() {
      for (const execution of executions.values()) execution.stop();
      await Promise.all([...executions.values()].map(({ ended }) => ended));
      await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    },
  };
}

/** What its waits say is decided by the functions, so that scaling the definition would not do. */
function hurried(definition: Definition): Definition {
  const states = Object.entries(definition.States).map(([name, { SecondsPath, ...state }]) => [
    name,
    SecondsPath === undefined ? state : { ...state, Seconds: 1 },
  ]);
  return { ...definition, States: Object.fromEntries(states) };
}

function waitingTask(sfn: SFNClient, taskToken: string) {
  const answered = async (call: Promise<unknown>): Promise<void> => {
    try {
      await call;
    } catch (error) {
      const { name, message } = error as Error;
      throw new AwsError(name, message);
    }
  };
  return {
    succeed: (output: unknown) =>
      answered(sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
    fail: (error: string, cause: string) =>
      answered(sfn.send(new SendTaskFailureCommand({ taskToken, error, cause }))),
  };
}
