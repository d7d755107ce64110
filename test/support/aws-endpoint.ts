import dynalite from 'dynalite';
import { afterAll } from 'vitest';
import type { CloudTrailRecord } from '../../infra/sandbox/aws/cloudtrail/record.ts';
import {
  type AwsEndpoint,
  type AwsEndpointOptions,
  createAwsEndpoint,
} from '../../infra/sandbox/aws/create-aws-endpoint.ts';
import type { Service } from '../../infra/sandbox/aws/front-door/service.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { startServer } from './local-server.ts';

export interface RunningEndpoint {
  aws: AwsEndpoint;
  /** These services answer nothing but errors: `dynamodb`, `states` … */
  down: Set<string>;
  /** The calls in JSON protocols, oldest first: `DynamoDB_20120810.GetItem` … */
  calls: string[];
  records: CloudTrailRecord[];
  /** For the SDK, by the endpoint's clock, as one of those who are there from the beginning. */
  config(callerId?: string): Config & { maxAttempts: number; systemClockOffset: number };
  /** For a function with a role of its own. */
  configOf(name: FunctionName): Config;
  /** Of a function of this name, with a new role of the same name. */
  credentialsOf(name: string): Config['credentials'];
  stop(): Promise<void>;
}

type Config = Required<AwsClientConfig>;

/** The sandbox's AWS endpoint alone, on a free loopback port, for the unmodified AWS SDK. */
export async function startAwsEndpoint(
  stepFunctions: Service = {},
  options: Partial<AwsEndpointOptions> = {},
): Promise<RunningEndpoint> {
  const { now = () => new Date() } = options;
  const records: CloudTrailRecord[] = [];
  const aws = createAwsEndpoint({
    ...{ accountId: '123456789012', region: 'us-east-1', now, stepFunctions },
    dynamo: dynalite({ createTableMs: 0 }),
    endpointUrl: () => url,
    onRecord: (record) => records.push(record),
    onInternalError: (error) => {
      throw error;
    },
    ...options,
  });
  const down = new Set<string>();
  const calls: string[] = [];
  const { url, close } = await startServer((request, response) => {
    calls.push(String(request.headers['x-amz-target']));
    const scope = request.headers.authorization ?? '';
    if ([...down].some((service) => scope.includes(`/${service}/aws4_request`))) {
      // By the endpoint's clock: the SDK signs what follows by the time that it reads here.
      response.writeHead(500, { date: now().toUTCString() }).end('{"__type":"InternalFailure"}');
    } else aws.handler(request, response);
  });
  const credentialsOf = (name: string) => {
    aws.addFunctionRole(name);
    return aws.functionCredentials(name, `arn:aws:lambda:us-east-1:123456789012:function:${name}`);
  };
  return {
    ...{ aws, records, down, calls },
    config: (callerId = 'developer') => {
      const caller = aws.wellKnownCallers.find(({ id }) => id === callerId);
      if (caller === undefined) throw new Error(`There is no caller ${callerId}.`);
      const systemClockOffset = now().getTime() - Date.now();
      return {
        ...{ endpoint: url, region: 'us-east-1', maxAttempts: 1, credentials: caller.credentials },
        systemClockOffset,
      };
    },
    configOf: (name) => {
      return { endpoint: url, region: 'us-east-1', credentials: credentialsOf(name) };
    },
    credentialsOf,
    stop: close,
  };
}

/** The same for all tests of the file that asks for it. */
export async function endpointOfThisFile(
  ...options: Parameters<typeof startAwsEndpoint>
): Promise<RunningEndpoint> {
  const endpoint = await startAwsEndpoint(...options);
  afterAll(endpoint.stop);
  return endpoint;
}
