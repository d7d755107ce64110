import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';

interface LocalServer {
  /** Without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Serves on a free loopback port. */
export async function startServer(served: RequestListener | Server): Promise<LocalServer> {
  const server = typeof served === 'function' ? createServer(served) : served;
  // As in the sandbox, clients close what they leave idle.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Somebody who calls AWS at this address. */
export function awsAt(endpoint: string): Required<AwsClientConfig> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, region: 'us-east-1', credentials };
}
