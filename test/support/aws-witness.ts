import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `X-Amz-Target: DynamoDB_20120810.GetItem`, or `Action=GetPolicy` in the body. */
function operationOf(target: string | undefined, body: string): string {
  return target?.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? 'unknown';
}

/** The credential scope of a signature names the service: `…/us-east-1/dynamodb/aws4_request`. */
function serviceOf(authorization = ''): string {
  return /\/([a-z0-9-]+)\/aws4_request/.exec(authorization)?.[1] ?? 'unknown';
}

/**
 * Stands between a function and the AWS endpoint and notes each call, as an IAM action: `dynamodb:GetItem`.
 *
 * @param endpoint the real one
 */
export async function startWitness(endpoint: string) {
  const actions = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { headers, method } = incoming;
    const operation = operationOf(headers['x-amz-target']?.toString(), body.toString());
    actions.add(`${serviceOf(headers.authorization)}:${operation}`);
    const forwarded = request(new URL(incoming.url ?? '/', endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    actions,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
