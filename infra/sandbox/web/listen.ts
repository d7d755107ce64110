import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The port of a setting is in use by another program. */
export class PortTakenError extends Error {
  constructor(port: number, setting: string, cause: unknown) {
    super(
      `Port ${port} is taken by another program. Stop that program, or choose another port: ` +
        `${setting}=0 picks a free one.`,
      { cause },
    );
    this.name = 'PortTakenError';
  }
}

export interface Listener {
  port: number;
  /** e.g. `http://localhost:4566`, without a slash at the end. */
  url: string;
  /** Until this is called, requests are answered with 503. */
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Listens on loopback only, on IPv4 and, where the machine has it, IPv6: `localhost` may stand for either.
 *
 * @param setting the name of the setting that chose the port, for the error
 * @param port 0 picks a free one
 * @throws PortTakenError
 */
export async function listen(port: number, setting: string): Promise<Listener> {
  let handler: RequestListener = (_request, response) => {
    response.writeHead(503).end();
  };
  const dispatch: RequestListener = (request, response) => handler(request, response);
  const first = await open(dispatch, port, '127.0.0.1').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTakenError(port, setting, error) : error;
  });
  const chosen = (first.address() as AddressInfo).port;
  const second = await open(dispatch, chosen, '::1').catch((error: NodeJS.ErrnoException) => {
    // Without IPv6 `localhost` cannot stand for it. Taken on IPv6 alone would send half of the clients elsewhere.
    if (error.code !== 'EADDRINUSE') return undefined;
    first.close();
    throw new PortTakenError(chosen, setting, error);
  });
  const servers = second === undefined ? [first] : [first, second];
  return {
    port: chosen,
    url: `http://localhost:${chosen}`,
    serve: (served) => {
      handler = served;
    },
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function open(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Whether a request was meant for this machine: a page elsewhere can use a name that resolves to loopback. */
export function isForThisMachine({ headers }: IncomingMessage): boolean {
  return headers.host === undefined || LOOPBACK.test(headers.host);
}

/** Whether no page from elsewhere made a browser send the request. */
export function isFromThisMachine({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined || LOOPBACK.test(hostOf(headers.origin));
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** `null` is what browsers send for pages of no origin, such as files: they are not this machine's page. */
function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
