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
  /** e.g. `http://localhost:4566`, without a slash at the end. */
  url: string;
  /** Until this is called, requests are answered with 503 and the error of the JSON API. */
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

export interface Listeners {
  page: Listener;
  aws: Listener;
  close(): Promise<void>;
}

/** Opens both ports of the sandbox, or none. @throws PortTakenError */
export async function openListeners({
  pagePort,
  awsPort,
}: {
  pagePort: number;
  awsPort: number;
}): Promise<Listeners> {
  const page = await listen(pagePort, 'SANDBOX_PAGE_PORT');
  try {
    const aws = await listen(awsPort, 'SANDBOX_AWS_PORT');
    return { page, aws, close: async () => void (await Promise.all([page.close(), aws.close()])) };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** A port that is free on IPv4 may be in use on IPv6: so many others are tried when any port will do. */
const ATTEMPTS = 10;

/**
 * Listens on loopback only, on IPv4 and, where the machine has it, IPv6: `localhost` may stand for either.
 *
 * @param setting the name of the setting that chose the port, for the error
 * @param port 0 picks a free one
 * @throws PortTakenError
 */
export async function listen(port: number, setting: string, attempts = ATTEMPTS): Promise<Listener> {
  let handler = stillStarting;
  const dispatch: RequestListener = (request, response) => handler(request, response);
  try {
    const servers = await openOnLoopback(dispatch, port);
    const { port: chosen } = servers[0].address() as AddressInfo;
    return {
      url: `http://localhost:${chosen}`,
      serve: (served) => {
        handler = served;
      },
      close: async () => void (await Promise.all(servers.map(close))),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (port === 0 && attempts > 1) return listen(port, setting, attempts - 1);
    throw new PortTakenError(port, setting, error);
  }
}

/** The port is open before there is anything behind it, so that a taken one is told at once. */
const stillStarting: RequestListener = (request, response) => {
  // What was sent is read, so that the sender is there to read the answer.
  request.resume();
  const error = { code: 'Starting', message: 'The sandbox is starting: try again in a second.' };
  response
    .writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' })
    .end(JSON.stringify({ error }));
};

/** @throws Error EADDRINUSE when the port is in use on either: half of the clients would go elsewhere */
async function openOnLoopback(dispatch: RequestListener, port: number): Promise<[Server, ...Server[]]> {
  const first = await open(dispatch, port, '127.0.0.1');
  const { port: chosen } = first.address() as AddressInfo;
  try {
    return [first, await open(dispatch, chosen, '::1')];
  } catch (error) {
    // Without IPv6 `localhost` cannot stand for it.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return [first];
    await close(first);
    throw error;
  }
}

function open(listener: RequestListener, port: number, host: string): Promise<Server> {
  // Clients close what they leave idle. Whoever closes first must not be the server: a request may be on its way.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
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
