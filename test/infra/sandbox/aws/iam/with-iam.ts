import * as iam from '@aws-sdk/client-iam';
import { afterEach, beforeEach } from 'vitest';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

type Input = Record<string, unknown>;

/**
 * Gives each test of a file an endpoint of its own.
 *
 * @returns `send`, which calls IAM as the user `developer`; `call`, which does so by the name of an operation, e.g.
 * `Attach${Entity}Policy`; and the endpoint of the test that runs
 */
export function withIam() {
  let running: { endpoint: RunningEndpoint; client: iam.IAMClient };
  beforeEach(async () => {
    const endpoint = await startAwsEndpoint();
    running = { endpoint, client: new iam.IAMClient(endpoint.config()) };
  });
  afterEach(() => running.endpoint.stop());
  const send = ((command: iam.GetUserCommand) => running.client.send(command)) as iam.IAMClient['send'];
  return {
    send,
    call: (operation: string, input: Input): Promise<Input> => {
      const commands = iam as unknown as Record<string, new (input: Input) => iam.GetUserCommand>;
      const Command = commands[`${operation}Command`];
      if (Command === undefined) throw new Error(`IAM has no call ${operation}.`);
      return send(new Command(input)) as unknown as Promise<Input>;
    },
    endpoint: () => running.endpoint,
  };
}
