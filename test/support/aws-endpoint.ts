import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { CloudTrailRecord } from '../../infra/sandbox/aws/cloudtrail/record.ts';
import {
  type AwsEndpoint,
  type AwsEndpointOptions,
  createAwsEndpoint,
} from '../../infra/sandbox/aws/create-aws-endpoint.ts';
import type { Service } from '../../infra/sandbox/aws/front-door/service.ts';

export interface RunningEndpoint {
  aws: AwsEndpoint;
  records: CloudTrailRecord[];
  config: (callerId?: string) => {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials: AwsEndpoint['wellKnownCallers'][number]['credentials'];
  };
  stop(): Promise<void>;
}

/** The sandbox's AWS endpoint alone, on a free loopback port, for the unmodified AWS SDK. */
export async function startAwsEndpoint(
  stepFunctions: Service = {},
  options: Partial<AwsEndpointOptions> = {},
): Promise<RunningEndpoint> {
  const records: CloudTrailRecord[] = [];
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aws = createAwsEndpoint({
    ...{ accountId: '123456789012', region: 'us-east-1', now: () => new Date(), stepFunctions },
    dynamo: dynalite({ createTableMs: 0 }),
    endpointUrl: url,
    onRecord: (record) => records.push(record),
    onInternalError: (error) => {
      throw error;
    },
    ...options,
  });
  const server = createServer(aws.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    aws,
    records,
    config: (callerId = 'developer') => {
      const caller = aws.wellKnownCallers.find(({ id }) => id === callerId);
      if (caller === undefined) throw new Error(`There is no caller ${callerId}.`);
      return { endpoint: url(), region: 'us-east-1', maxAttempts: 1, credentials: caller.credentials };
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
