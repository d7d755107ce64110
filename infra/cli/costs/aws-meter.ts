import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** One call of an AWS API, as it went over the wire. */
export interface AwsCall {
  /** The service's signing name: `dynamodb`, `states`, `iam`, … */
  service: string;
  /** E.g. `GetItem`. */
  operation: string;
  request: string;
  response: string;
  /** When it came, and when it was answered: milliseconds of `performance.now`. */
  from: number;
  to: number;
}

/** `X-Amz-Target: DynamoDB_20120810.GetItem`, or `Action=GetPolicy` in the body. */
function operationOf(target: string | undefined, body: string): string {
  return target?.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? 'unknown';
}

/** The credential scope of a signature names the service: `…/us-east-1/dynamodb/aws4_request`. */
function serviceOf(authorization = ''): string {
  return /\/([a-z0-9-]+)\/aws4_request/.exec(authorization)?.[1] ?? 'unknown';
}

/**
 * Stands between AWS clients and an AWS endpoint, and tells of every call.
 *
 * @param endpoint where the calls go; asked for each, because it may be known only later
 * @param delayMs how much longer each call takes than it does by itself, in milliseconds
 */
export async function startAwsMeter(endpoint: () => string, onCall: (call: AwsCall) => void, delayMs = 0) {
  // As in the sandbox, clients close what they leave idle.
  const server = createServer({ keepAliveTimeout: 0 }, async (incoming, outgoing) => {
    const from = performance.now();
    const { headers, method } = incoming;
    const body = await read(incoming);
    if (delayMs > 0) await pause(delayMs);
    // The host stays as it was signed.
    const forwarded = request(
      new URL(incoming.url ?? '/', endpoint()),
      { method, headers },
      async (answer) => {
        const response = await read(answer);
        const operation = operationOf(headers['x-amz-target']?.toString(), body.toString());
        const service = serviceOf(headers.authorization);
        const to = performance.now();
        onCall({ service, operation, request: body.toString(), response: response.toString(), from, to });
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(response);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
